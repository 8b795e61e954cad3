// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of this engine look like, and stay. */
class MVSpaceTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("s/entries.mv");
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
        Files.copy(file(), copy.resolve("entries.mv"));
        lengths.add(Files.size(file()));
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
      long size = Files.size(file());
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

  private static void put(Space space, long key, byte[] value) {
    space.write(
        t -> {
          t.put(number(key), value);
          return true;
        });
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }
}
