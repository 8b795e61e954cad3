// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * How many documents waited to be pushed at earlier looks. As long as the number grows or stays,
 * nothing has gone, or less than came. May be used by all threads.
 */
public final class PendingHistory {
  /** Counting reads the database, so a look that follows soon gets the number of the last one. */
  static final Duration FRESH = Duration.ofMinutes(1);

  private boolean counted;
  private int documents;
  private long at;
  private long since;

  /** The number now, or a moment ago. */
  public synchronized int documents(IntSupplier count, long nanos) {
    if (counted && nanos - at < FRESH.toNanos()) return documents;
    int now = count.getAsInt();
    if (!counted || documents == 0 || now < documents) since = nanos;
    counted = true;
    documents = now;
    at = nanos;
    return now;
  }

  /** How long the number has not fallen. */
  public synchronized Duration age(long nanos) {
    return documents == 0 ? Duration.ZERO : Duration.ofNanos(nanos - since);
  }
}
