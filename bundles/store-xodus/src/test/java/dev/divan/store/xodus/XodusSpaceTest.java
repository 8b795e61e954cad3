// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store on disk meets beside the contract: interrupts, torn and damaged files. */
class XodusSpaceTest {
  @TempDir Path directory;

  @Test
  void interruptsOfTheCallerDisturbNeitherReadsNorWritesNorBlobs() throws Exception {
    int commits = 300;
    try (XodusStore store = new XodusStore(directory);
        Space space = store.open("s")) {
      FutureTask<Boolean> writing =
          new FutureTask<>(
              () -> {
                for (int i = 0; i < commits; i++) {
                  put(space, i, new byte[2000]);
                  byte[] key = number(i);
                  assertEquals(2000, space.read(s -> s.get(key)).length);
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
    XodusStore store = new XodusStore(directory);
    Space space = store.open("s");
    put(space, 1, new byte[10]);
    store.close();
    assertTrue(Thread.interrupted());
    assertEquals(1, count());
  }

  @Test
  void aTornWriteAtTheEndIsForgottenAndAllBeforeItIsThere() throws IOException {
    try (XodusStore store = new XodusStore(directory);
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
    try (XodusStore store = new XodusStore(directory);
        Space space = store.open("s")) {
      put(space, 1, new byte[10]);
    }
    byte[] garbage = new byte[(int) Files.size(logFiles().get(0))];
    new Random(5).nextBytes(garbage);
    Files.write(logFiles().get(0), garbage);
    try (XodusStore store = new XodusStore(directory)) {
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
    try (XodusStore one = new XodusStore(directory);
        XodusStore other = new XodusStore(directory);
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
    try (XodusStore store = new XodusStore(directory, Durability.PERIODIC, 16);
        Space space = store.open("s")) {
      for (int i = 0; i < 100; i++) {
        put(space, i, new byte[100]);
      }
      publish(space, number(1));
    }
    assertEquals(100, count());
  }

  private List<Path> logFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("s"))) {
      return files.filter(file -> file.toString().endsWith(".xd")).sorted().toList();
    }
  }

  private int count() {
    try (XodusStore store = new XodusStore(directory);
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
