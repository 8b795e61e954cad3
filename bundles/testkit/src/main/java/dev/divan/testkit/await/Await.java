// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.await;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what must come; what does not come in time is an {@link AssertionError} that says what
 * was awaited and, as far as it was looked at, what was seen last. All may be called by all
 * threads; an interrupt ends the wait as a failure, and stays set.
 */
public final class Await {
  /** Generous: only a test that fails waits so long. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Too short to slow a test down, long enough that looking costs next to nothing. */
  private static final long PAUSE_MILLIS = 1;

  private static final Set<Thread.State> WAITS =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.BLOCKED);

  private Await() {}

  /**
   * Waits until a condition holds.
   *
   * @param what was awaited, and what is there instead; asked only for a complaint
   */
  public static void until(Supplier<String> what, BooleanSupplier condition) {
    until(PATIENCE, what, condition);
  }

  /** The same with another patience. */
  public static void until(Duration patience, Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("did not come true: " + what.get());
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        throw interrupted(what.get(), e);
      }
    }
  }

  /** Waits until what a look shows is as wanted; returns it. */
  public static <T extends @Nullable Object> T seen(
      String what, Supplier<T> look, Predicate<? super T> wanted) {
    Look<T> last = new Look<>();
    until(
        () -> what + "; seen last: " + last.shown,
        () -> {
          T shown = look.get();
          last.shown = shown;
          return wanted.test(shown);
        });
    return last.shown;
  }

  /** Waits until a look shows the value expected. */
  public static <T extends @Nullable Object> void equal(T expected, Supplier<? extends T> look) {
    Await.<T>seen(String.valueOf(expected), look::get, shown -> Objects.equals(expected, shown));
  }

  /** Waits until a thread waits for somebody or something; that it ends instead is a failure. */
  public static void waits(Thread thread) {
    Thread.State state =
        seen(
            "that thread " + thread.getName() + " waits",
            thread::getState,
            each -> WAITS.contains(each) || each == Thread.State.TERMINATED);
    if (state == Thread.State.TERMINATED) {
      throw new AssertionError("thread " + thread.getName() + " has ended instead of waiting");
    }
  }

  /** Waits until a latch is open. */
  public static void opens(CountDownLatch latch, String what) {
    try {
      if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("did not come: " + what + "; to come are " + latch.getCount());
      }
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  /** Waits for the next in a queue. */
  public static <T> T next(BlockingQueue<T> queue, Supplier<String> what) {
    try {
      T next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("did not come: " + what.get());
      }
      return next;
    } catch (InterruptedException e) {
      throw interrupted(what.get(), e);
    }
  }

  /** Waits for a result; that it failed is a failure with its cause. */
  public static <T extends @Nullable Object> T result(CompletionStage<T> stage, String what) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("did not come: " + what, e);
    } catch (ExecutionException e) {
      throw new AssertionError(what + " failed", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  private static AssertionError interrupted(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting for: " + what, cause);
  }

  private static final class Look<T extends @Nullable Object> {
    T shown;
  }
}
