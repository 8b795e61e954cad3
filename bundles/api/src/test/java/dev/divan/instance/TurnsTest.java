// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<RuntimeException> failures = new ArrayList<>();
  private final Turns turns = new Turns(failures::add);

  @Test
  void aTaskIsDoneOnReturnAndATaskOfATaskAfterIt() {
    List<String> order = new ArrayList<>();
    turns.execute(
        () -> {
          turns.execute(() -> order.add("inner"));
          order.add("outer");
        });
    assertEquals(List.of("outer", "inner"), order);
  }

  @Test
  void aTaskThatFailsDoesNotStopTheNext() {
    AtomicBoolean ran = new AtomicBoolean();
    turns.execute(
        () -> {
          turns.execute(() -> ran.set(true));
          throw new IllegalStateException("boom");
        });
    assertTrue(ran.get());
    assertEquals("boom", failures.get(0).getMessage());
  }

  @Test
  void whoMeetsARunningTaskDoesNotWait() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean second = new AtomicBoolean();
    Thread worker = runsUntil(go);
    turns.execute(() -> second.set(true));
    assertFalse(second.get());
    go.countDown();
    worker.join(10_000);
    assertTrue(second.get());
  }

  @Test
  void whoAsksToWaitsForTheRunningTaskAndNotForever() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean second = new AtomicBoolean();
    Thread worker = runsUntil(go);
    assertFalse(turns.executeAndWait(() -> second.set(true), 0));
    assertFalse(second.get());
    go.countDown();
    assertTrue(turns.executeAndWait(() -> assertTrue(second.get()), 10));
    worker.join(10_000);
    assertEquals(List.of(), failures);
  }

  @Test
  void noTaskIsLostAndNoTwoRunAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int[] count = new int[1];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int k = 0; k < 5_000; k++) {
                  turns.execute(
                      () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        count[0]++;
                        inside.decrementAndGet();
                      });
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(10_000);
    }
    assertEquals(1, most.get());
    turns.execute(() -> assertEquals(20_000, count[0]));
    assertEquals(List.of(), failures);
  }

  private Thread runsUntil(CountDownLatch go) {
    CountDownLatch running = new CountDownLatch(1);
    Thread worker =
        new Thread(
            () ->
                turns.execute(
                    () -> {
                      running.countDown();
                      await(go);
                    }));
    worker.start();
    await(running);
    return worker;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
