// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.BlobSink;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.store.files.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store on disk meets beside the contract: interrupts, torn and damaged files. */
class MVSpaceTest {
  @TempDir Path directory;

  /** Enough is written that room is made, too. */
  @Test
  void interruptsOfTheCallerDisturbNeitherReadsNorWritesNorBlobs() throws Exception {
    int commits = 300;
    try (MVSpaces store = new MVSpaces(directory);
        Space space = store.open("s")) {
      FutureTask<Boolean> writing =
          new FutureTask<>(
              () -> {
                for (int i = 0; i < commits; i++) {
                  put(space, i, new byte[30_000]);
                  byte[] key = number(i);
                  assertEquals(30_000, space.read(s -> s.get(key)).length);
                  if (i % 10 == 0) {
                    publish(space, number(i));
                    space.blobs().open(number(i)).close();
                  }
                }
                return true;
              });
      Thread thread = new Thread(writing, "interrupted");
      thread.start();
      while (thread.isAlive()) {
        thread.interrupt();
        Thread.yield();
      }
      assertTrue(writing.get(30, TimeUnit.SECONDS));
    }
    assertEquals(commits, count());
  }

  @Test
  void anInterruptedThreadOpensAndClosesAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    MVSpaces store = new MVSpaces(directory);
    Space space = store.open("s");
    put(space, 1, new byte[10]);
    store.close();
    assertTrue(Thread.interrupted());
    assertEquals(1, count());
  }

  @Test
  void aTornWriteAtTheEndIsForgottenAndAllBeforeItIsThere() throws IOException {
    try (MVSpaces store = new MVSpaces(directory);
        Space space = store.open("s")) {
      for (int i = 0; i < 50; i++) {
        put(space, i, new byte[3000]);
      }
    }
    byte[] torn = new byte[5000];
    new Random(5).nextBytes(torn);
    Files.write(logFiles().get(0), torn, StandardOpenOption.APPEND);
    assertEquals(50, count());
  }

  @Test
  void damagedFilesAreRefusedInWordsThatNameTheFolder() throws IOException {
    try (MVSpaces store = new MVSpaces(directory);
        Space space = store.open("s")) {
      put(space, 1, new byte[10]);
    }
    byte[] garbage = new byte[(int) Files.size(logFiles().get(0))];
    new Random(5).nextBytes(garbage);
    Files.write(logFiles().get(0), garbage);
    try (MVSpaces store = new MVSpaces(directory)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        StoreException refusal = assertThrows(StoreException.class, () -> store.open("s"));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(directory.resolve("s").toString()), message);
        assertTrue(message.contains("damaged"), message);
      }
      assertEquals(Set.of("s"), store.names());
      assertArrayEquals(garbage, Files.readAllBytes(logFiles().get(0)), "the evidence is kept");
      store.delete("s");
      store.open("s").close();
    }
  }

  @Test
  void aSpaceInUseByAnotherStoreIsNeitherOpenedNorDeleted() {
    try (MVSpaces one = new MVSpaces(directory);
        MVSpaces other = new MVSpaces(directory);
        Space space = one.open("s")) {
      put(space, 1, new byte[10]);
      StoreException refusal = assertThrows(StoreException.class, () -> other.open("s"));
      assertTrue(String.valueOf(refusal.getMessage()).contains("in use"));
      assertThrows(StoreException.class, () -> other.delete("s"));
      space.close();
      other.open("s").close();
    }
    assertEquals(1, count());
  }

  @Test
  void aPeriodicStoreKeepsTheContractToo() {
    try (MVSpaces store = new MVSpaces(directory, Durability.PERIODIC, 16);
        Space space = store.open("s")) {
      for (int i = 0; i < 100; i++) {
        put(space, i, new byte[100]);
      }
      publish(space, number(1));
    }
    assertEquals(100, count());
  }

  @Test
  void aFileCutAnywhereAfterACommitOpensWithThatCommit() throws IOException {
    List<Long> lengths = new ArrayList<>();
    Path copies = directory.resolve("copies");
    int commits = 40;
    try (MVSpaces store = new MVSpaces(directory);
        Space space = store.open("s")) {
      for (int i = 0; i < commits; i++) {
        put(space, i % 7, ByteBuffer.allocate(3000).putInt(i).array());
        Path copy = copies.resolve(i + "/s");
        Files.createDirectories(copy);
        Files.copy(logFiles().get(0), copy.resolve("entries.mv"));
        lengths.add(Files.size(logFiles().get(0)));
      }
    }
    Random random = new Random(7);
    for (int i = 1; i < commits; i++) {
      Path file = copies.resolve(i + "/s/entries.mv");
      long before = lengths.get(i - 1);
      int torn = i;
      if (lengths.get(i) > before) {
        // Only the end of the last commit, which made the file longer, has not come to the disk.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(before + random.nextLong(lengths.get(i) - before));
        }
        torn = i - 1;
      }
      try (MVSpaces store = new MVSpaces(copies.resolve(String.valueOf(i)));
          Space space = store.open("s")) {
        byte[] key = number(torn % 7);
        int found = space.read(s -> ByteBuffer.wrap(s.get(key)).getInt());
        assertEquals(torn, found, "copy " + i);
      }
    }
  }

  @Test
  void overwritingTheSameEntriesDoesNotFillTheDisk() throws IOException {
    Random random = new Random(3);
    try (MVSpaces store = new MVSpaces(directory, Durability.COMMIT, 4);
        Space space = store.open("s")) {
      byte[] value = new byte[2000];
      for (int i = 0; i < 5000; i++) {
        random.nextBytes(value);
        put(space, random.nextInt(1000), value);
      }
      // 2 MB are alive; 60 MB and more have been written.
      long size = Files.size(logFiles().get(0));
      assertTrue(size < 20 << 20, () -> "bytes: " + size);
    }
  }

  @Test
  void aFolderOfAnotherStoreIsRefused() throws IOException {
    Path foreign = directory.resolve("s/0000.xd");
    Files.createDirectories(foreign.getParent());
    Files.write(foreign, new byte[10]);
    try (MVSpaces store = new MVSpaces(directory)) {
      StoreException refusal = assertThrows(StoreException.class, () -> store.open("s"));
      assertTrue(String.valueOf(refusal.getMessage()).contains("another store"));
    }
  }

  private List<Path> logFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("s"))) {
      return files.filter(file -> file.toString().endsWith(".mv")).sorted().toList();
    }
  }

  private int count() {
    try (MVSpaces store = new MVSpaces(directory);
        Space space = store.open("s")) {
      return space.read(
          s -> {
            int count = 0;
            try (var cursor = s.scan(new byte[0], null)) {
              while (cursor.next()) {
                count++;
              }
            }
            return count;
          });
    }
  }

  private static void put(Space space, long key, byte[] value) {
    space.write(
        t -> {
          t.put(number(key), value);
          return true;
        });
  }

  private static void publish(Space space, byte[] key) {
    try (BlobSink sink = space.blobs().create()) {
      sink.write(new byte[10_000], 0, 10_000);
      sink.publish(key);
    }
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }
}
