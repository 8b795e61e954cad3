// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what must come, and says what did not. */
public final class Await {

  /** Generous: only a failing test waits so long. */
  public static final Duration DEADLINE = Duration.ofSeconds(15);

  private Await() {}

  public static <T> T next(BlockingQueue<T> queue, Supplier<String> what) {
    try {
      T next = queue.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) throw new AssertionError("did not come: " + what.get());
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static <T extends @Nullable Object> T result(CompletionStage<T> stage, String what) {
    try {
      return stage.toCompletableFuture().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("did not come: " + what);
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }

  public static void until(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("did not come true: " + what.get());
      LockSupport.parkNanos(500_000);
    }
  }
}
