// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.await;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AwaitTest {
  @Test
  void aConditionIsAskedUntilItHolds() {
    AtomicInteger looks = new AtomicInteger();
    Await.until(() -> "three looks", () -> looks.incrementAndGet() == 3);
    assertEquals(3, looks.get());
    assertEquals(5, Await.seen("five looks", looks::incrementAndGet, seen -> seen == 5));
    Await.equal(7, looks::incrementAndGet);
  }

  @Test
  void theComplaintSaysWhatWasAwaited() {
    AssertionError complaint =
        assertThrows(
            AssertionError.class, () -> Await.until(Duration.ZERO, () -> "peace", () -> false));
    assertEquals("did not come true: peace", complaint.getMessage());
  }

  @Test
  void anInterruptEndsTheWaitWithAComplaintOfWhatWasSeenLast() {
    AssertionError complaint =
        assertThrows(
            AssertionError.class,
            () ->
                Await.equal(
                    "peace",
                    () -> {
                      Thread.currentThread().interrupt();
                      return "war";
                    }));
    assertTrue(Thread.interrupted());
    assertEquals("interrupted while waiting for: peace; seen last: war", complaint.getMessage());
  }

  @Test
  void aThreadThatEndsDoesNotWait() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    Thread waiting = new Thread(() -> Await.until(() -> "zero", () -> latch.getCount() == 0));
    waiting.start();
    Await.waits(waiting);
    latch.countDown();
    waiting.join();
    assertThrows(AssertionError.class, () -> Await.waits(waiting));
  }

  @Test
  void aFailureIsToldWithItsCause() {
    IllegalStateException cause = new IllegalStateException();
    AssertionError complaint =
        assertThrows(
            AssertionError.class,
            () -> Await.result(CompletableFuture.failedFuture(cause), "the answer"));
    assertEquals(cause, complaint.getCause());
  }
}
