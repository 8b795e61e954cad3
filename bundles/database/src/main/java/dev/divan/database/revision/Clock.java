// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import java.util.function.LongSupplier;

/**
 * Gives the times of our own versions: the wall clock with its low 16 bits cleared, or one more
 * than the last time given. Foreign times never move it: comparison does not need that, and peers
 * refuse versions from the future.
 *
 * <p>Not for several threads; the committer owns it.
 */
public final class Clock {
  private static final long COUNTER = 0xffff;

  private final LongSupplier wall;
  private long last;

  /**
   * A clock.
   *
   * @param wall nanoseconds since 1970
   */
  public Clock(LongSupplier wall) {
    this.wall = wall;
  }

  /** The system's clock. */
  public static Clock system() {
    return new Clock(
        () -> {
          java.time.Instant now = java.time.Instant.now();
          return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        });
  }

  /** A time greater than all given before and than the one named. */
  public long next(long own) {
    last = Math.max(wall.getAsLong() & ~COUNTER, Math.max(last, own) + 1);
    return last;
  }

  /** The last time given. */
  public long last() {
    return last;
  }

  /** Goes on from a time given in an earlier life. */
  public void advance(long time) {
    last = Math.max(last, time);
  }
}
