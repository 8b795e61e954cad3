// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final ArrayDeque<Runnable> pool = new ArrayDeque<>();
  private final Lane lane = new Lane(pool::add);
  private final List<String> done = new ArrayList<>();

  @Test
  void manyTasksAreOneTurn() {
    for (int i = 0; i < 3; i++) {
      String name = "t" + i;
      lane.execute(() -> done.add(name));
    }
    assertEquals(1, pool.size());
    pool.poll().run();
    assertEquals(List.of("t0", "t1", "t2"), done);
    assertTrue(pool.isEmpty());
  }

  @Test
  void whatIsPutOffRunsOnceAtTheEnd() {
    lane.execute(() -> lane.atEndOfTurn(() -> done.add("end")));
    lane.execute(() -> done.add("task"));
    pool.poll().run();
    assertEquals(List.of("task", "end"), done);
  }

  @Test
  void aTaskThatComesBackDoesNotPutOffTheEndOfTheTurn() {
    Runnable again =
        new Runnable() {
          @Override
          public void run() {
            done.add("again");
            lane.execute(this);
          }
        };
    lane.execute(again);
    lane.execute(() -> lane.atEndOfTurn(() -> done.add("end")));
    pool.poll().run();
    assertEquals(List.of("again", "end"), done);
    assertEquals(1, pool.size());
  }

  @Test
  void aTurnEndsAfterManyTasks() {
    for (int i = 0; i < 1000; i++) {
      lane.execute(() -> done.add("x"));
    }
    pool.poll().run();
    assertTrue(done.size() < 1000);
    assertEquals(1, pool.size());
    while (!pool.isEmpty()) {
      pool.poll().run();
    }
    assertEquals(1000, done.size());
  }

  @Test
  void runIsImmediateOnlyOnTheLane() {
    lane.run(
        () -> {
          assertTrue(lane.isCurrent());
          lane.run(() -> done.add("inner"));
          done.add("outer");
        });
    assertFalse(lane.isCurrent());
    assertTrue(done.isEmpty());
    pool.poll().run();
    assertEquals(List.of("inner", "outer"), done);
    assertThrows(IllegalStateException.class, () -> lane.atEndOfTurn(() -> {}));
  }

  @Test
  void aFailedTaskHarmsNoOther() {
    lane.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    lane.execute(() -> done.add("next"));
    pool.poll().run();
    assertEquals(List.of("next"), done);
  }

  @Test
  void tasksOfALaneNeverOverlapAndKeepTheirOrder() throws Exception {
    try (Lanes lanes = new Lanes(4)) {
      int senders = 3;
      int each = 20_000;
      Lane shared = lanes.lane();
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger overlaps = new AtomicInteger();
      int[] last = new int[senders];
      boolean[] disorder = new boolean[1];
      CountDownLatch all = new CountDownLatch(senders * each);
      for (int s = 0; s < senders; s++) {
        int sender = s;
        new Thread(
                () -> {
                  for (int i = 1; i <= each; i++) {
                    int number = i;
                    shared.execute(
                        () -> {
                          overlaps.addAndGet(inside.getAndIncrement());
                          disorder[0] |= ++last[sender] != number;
                          inside.decrementAndGet();
                          all.countDown();
                        });
                  }
                })
            .start();
      }
      assertTrue(all.await(15, TimeUnit.SECONDS));
      assertEquals(0, overlaps.get());
      assertFalse(disorder[0]);
    }
  }

  @Test
  void threadsAreDaemonsWithNames() throws Exception {
    try (Lanes lanes = new Lanes(1)) {
      CountDownLatch ran = new CountDownLatch(1);
      Thread[] thread = new Thread[1];
      lanes
          .lane()
          .execute(
              () -> {
                thread[0] = Thread.currentThread();
                ran.countDown();
              });
      assertTrue(ran.await(15, TimeUnit.SECONDS));
      assertTrue(thread[0].isDaemon());
      assertEquals("divan-lane-1", thread[0].getName());
    }
  }
}
