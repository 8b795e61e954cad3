// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.replicator.ReplicatorConfiguration;
import java.time.Duration;

/**
 * When to try again: after 2, 4, 8 … seconds, no more than so long, no more than so often. Pure;
 * not thread-safe.
 */
final class Retry {
  private static final int ONE_SHOT_ATTEMPTS = 10;

  private int maxAttempts;
  private long maxSeconds;
  private int attempts;

  Retry(ReplicatorConfiguration configuration) {
    change(configuration);
  }

  /** Other limits; what has been counted counts. */
  void change(ReplicatorConfiguration configuration) {
    int configured = configuration.getMaxAttempts();
    maxAttempts =
        configured > 0
            ? configured
            : configuration.isContinuous() ? Integer.MAX_VALUE : ONE_SHOT_ATTEMPTS;
    maxSeconds = Math.max(1, configuration.getMaxAttemptWaitTime().toSeconds());
  }

  /** A connection came about: counting begins anew. */
  void connected() {
    attempts = 0;
  }

  /** Counts a failed attempt. */
  void failed() {
    attempts++;
  }

  boolean mayTryAgain() {
    return attempts < maxAttempts;
  }

  /** The pause before the next attempt. */
  Duration pause() {
    return Duration.ofSeconds(Math.min(maxSeconds, 1L << Math.min(30, Math.max(1, attempts))));
  }
}
