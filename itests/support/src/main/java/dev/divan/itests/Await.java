// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what another process does, which cannot wake us. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(25);

  private Await() {}

  /** Waits until a condition holds; fails with the complaint if it does not in half a minute. */
  public static void that(Callable<Boolean> condition, Supplier<String> complaint)
      throws InterruptedException {
    that(PATIENCE, condition, complaint);
  }

  public static void that(
      Duration patience, Callable<Boolean> condition, Supplier<String> complaint)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) throw new AssertionError(complaint.get());
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.interrupted()) throw new InterruptedException();
    }
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError("the condition itself failed", e);
    }
  }
}
