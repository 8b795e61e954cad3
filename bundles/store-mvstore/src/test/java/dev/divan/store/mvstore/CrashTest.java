// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.BlobSink;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process in the middle of its work. */
class CrashTest {
  private static final int ROUNDS = 5;
  private static final int PARTS = 4;
  private static final byte[] LAST = {0};

  @Test
  @Timeout(60)
  void everyAcknowledgedCommitSurvivesAndNoneIsHalfThere(@TempDir Path directory)
      throws IOException, InterruptedException {
    Random random = new Random(20261123);
    long committed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = runAndKill(directory, random);
      assertTrue(acknowledged > committed, "the round made progress");
      try (MVSpaces store = new MVSpaces(directory);
          Space space = store.open("crash")) {
        committed = check(space);
        assertTrue(
            committed >= acknowledged,
            committed + " are there, " + acknowledged + " were acknowledged");
      }
    }
  }

  /** The number of the last acknowledged commit. */
  private static long runAndKill(Path directory, Random random)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writing.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      long acknowledged = Long.parseLong(lines.readLine());
      StoreException refusal =
          assertThrows(
              StoreException.class,
              () -> {
                try (MVSpaces store = new MVSpaces(directory)) {
                  store.open("crash").close();
                }
              });
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("process " + process.pid()),
          () -> "names the holder: " + refusal.getMessage());
      long last = acknowledged + 20 + random.nextInt(200);
      String line;
      while ((line = lines.readLine()) != null) {
        acknowledged = Long.parseLong(line);
        if (acknowledged == last) {
          LockSupport.parkNanos(random.nextInt(2_000_000));
          // By its handle: what it had said before is still to be read.
          process.toHandle().destroyForcibly();
        }
      }
      return acknowledged;
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
  }

  /** Checks that all commits up to the last are there, whole, and nothing more; returns it. */
  private static long check(Space space) throws IOException {
    long last = space.read(s -> ByteBuffer.wrap(s.get(LAST)).getLong());
    long entries =
        space.read(
            s -> {
              for (long number = 1; number <= last; number++) {
                for (int part = 0; part < PARTS; part++) {
                  assertArrayEquals(content(number, part), s.get(key(number, part)));
                }
              }
              assertNull(s.get(key(last + 1, 0)));
              long count = 0;
              try (var cursor = s.scan(new byte[0], null)) {
                while (cursor.next()) {
                  count++;
                }
              }
              return count;
            });
    assertEquals(1 + PARTS * last, entries);
    for (long number = 10; number <= last; number += 10) {
      // The blob was published before the commit that speaks of it.
      try (InputStream blob = space.blobs().open(key(number, 0))) {
        assertNotNull(blob, "blob " + number);
        assertArrayEquals(content(number, 0), blob.readAllBytes());
      }
    }
    return last;
  }

  private static byte[] key(long number, int part) {
    return ByteBuffer.allocate(9).put((byte) (1 + part)).putLong(number).array();
  }

  /** Some hundred bytes; now and then more than fit one record. */
  private static byte[] content(long number, int part) {
    Random random = new Random(number * PARTS + part);
    byte[] content = new byte[random.nextInt(100) == 0 ? 700_000 : random.nextInt(1000)];
    random.nextBytes(content);
    return content;
  }

  /** The process to be killed. */
  static final class Writing {
    private Writing() {}

    public static void main(String[] args) {
      try (MVSpaces store = new MVSpaces(Path.of(args[0]));
          Space space = store.open("crash")) {
        long number =
            space.read(s -> s.get(LAST) == null ? 0 : ByteBuffer.wrap(s.get(LAST)).getLong());
        while (true) {
          write(space, ++number);
          System.out.println(number);
        }
      }
    }

    private static void write(Space space, long number) {
      if (number % 10 == 0) {
        try (BlobSink sink = space.blobs().create()) {
          byte[] content = content(number, 0);
          sink.write(content, 0, content.length);
          sink.publish(key(number, 0));
        }
      }
      space.write(
          t -> {
            for (int part = 0; part < PARTS; part++) {
              t.put(key(number, part), content(number, part));
            }
            t.put(LAST, ByteBuffer.allocate(8).putLong(number).array());
            return true;
          });
    }
  }
}
