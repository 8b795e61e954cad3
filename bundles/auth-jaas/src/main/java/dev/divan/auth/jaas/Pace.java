// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.jaas;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets refusals take whole steps of time. How soon a login module gives up often tells whether it
 * knows the name; within a step nobody can see it. May be used by all threads.
 */
final class Pace {
  /**
   * Longer than a users file or a directory near by takes for either answer. Costs the listener one
   * of its login threads that long for each refusal.
   */
  static final Duration STEP = Duration.ofMillis(100);

  /** Waits. */
  @FunctionalInterface
  interface Rest {
    void nanos(long nanos) throws InterruptedException;
  }

  private final LongSupplier clock;
  private final Rest rest;

  /** By the clock of this machine. */
  Pace() {
    this(System::nanoTime, nanos -> Thread.sleep(Duration.ofNanos(nanos).toMillis() + 1));
  }

  /**
   * @param clock as {@link System#nanoTime}
   */
  Pace(LongSupplier clock, Rest rest) {
    this.clock = clock;
    this.rest = rest;
  }

  long now() {
    return clock.getAsLong();
  }

  /** Comes back when a whole number of steps has passed since then, or on an interrupt. */
  void fillUp(long since) {
    long step = STEP.toNanos();
    try {
      rest.nanos(step - (clock.getAsLong() - since) % step);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
