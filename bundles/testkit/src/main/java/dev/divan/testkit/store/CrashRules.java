// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Space;
import dev.divan.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills a process, the {@link Writer}, in the middle of its work. */
interface CrashRules extends Rules {
  int ROUNDS = 5;

  @Test
  @Timeout(60)
  default void everyAcknowledgedCommitSurvivesAKillAndNoneIsHalfThere() throws Exception {
    Random random = new Random(20261123);
    long committed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = runAndKill(random);
      assertTrue(acknowledged > committed, "the round made progress");
      committed = check(subject().space());
      assertTrue(
          committed >= acknowledged,
          committed + " are there, " + acknowledged + " were acknowledged");
      subject().end();
    }
  }

  /** The number of the last acknowledged commit. */
  private long runAndKill(Random random) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                getClass().getName(),
                subject().directory().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      assertNotNull(line, "the process ended before its first commit");
      long acknowledged = Long.parseLong(line);
      refused(process);
      long last = acknowledged + 20 + random.nextInt(200);
      while ((line = lines.readLine()) != null) {
        acknowledged = Long.parseLong(line);
        if (acknowledged == last) {
          LockSupport.parkNanos(random.nextInt(2_000_000));
          // By its handle: what it had said before is still to be read.
          process.toHandle().destroyForcibly();
        }
      }
      assertTrue(acknowledged >= last, "the process ended by itself after " + acknowledged);
      return acknowledged;
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
  }

  /** Whoever comes while the process works is told that it does. */
  private void refused(Process process) throws Exception {
    StoreException refusal =
        assertThrows(StoreException.class, () -> subject().store().open(Writer.SPACE));
    subject().end();
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("process " + process.pid()), "names the holder: " + message);
  }

  /** Checks that all commits up to the last are there, whole, and nothing more; returns it. */
  private static long check(Space space) throws IOException {
    long last = space.read(s -> Bytes.number(s.get(Writer.LAST)));
    long entries =
        space.read(
            s -> {
              for (long number = 1; number <= last; number++) {
                for (int part = 0; part < Writer.PARTS; part++) {
                  assertArrayEquals(Writer.content(number, part), s.get(Writer.key(number, part)));
                }
              }
              assertNull(s.get(Writer.key(last + 1, 0)));
              long count = 0;
              try (var cursor = s.scan(new byte[0], null)) {
                while (cursor.next()) {
                  count++;
                }
              }
              return count;
            });
    assertEquals(1 + Writer.PARTS * last, entries);
    for (long number = Writer.BLOB_EVERY; number <= last; number += Writer.BLOB_EVERY) {
      // The blob was published before the commit that speaks of it.
      try (InputStream blob = space.blobs().open(Writer.key(number, 0))) {
        assertNotNull(blob, "blob " + number);
        assertArrayEquals(Writer.content(number, 0), blob.readAllBytes());
      }
    }
    return last;
  }
}
