// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.divan.itests.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, configurations and services in any order; run for each framework. */
abstract class OrderTest {
  /** Every so many orders begin with a framework that has never run. */
  private static final int FRESH = 7;

  /**
   * Every so many orders two threads go through it side by side, as start and File Install do; 0
   * for none.
   */
  private static final int CROWDED = Integer.getInteger("divan.crowded", 0);

  private final Kind kind;
  private @TempDir Path home;
  private List<Integer> ports = List.of();
  private @Nullable Host host;
  private @Nullable Scene scene;

  OrderTest(Kind kind) {
    this.kind = kind;
  }

  @Test
  void allOrdersEndInTheSameWorkingState() throws Exception {
    int orders =
        Integer.getInteger("divan.permutations." + kind.name().toLowerCase(Locale.ROOT), 5);
    long first = Long.getLong("divan.seed", System.nanoTime() & 0xffffff);
    ports = Ports.free(2);
    List<String> expected = null;
    try {
      for (int i = 0; i < orders; i++) {
        long seed = first + i;
        List<Scene.Event> forth = new ArrayList<>();
        try {
          if (i % FRESH == 0) renew("" + i);
          forth.addAll(scene.events());
          Collections.shuffle(forth, new Random(seed));
          run(forth, CROWDED > 0 && i % CROWDED == CROWDED - 1 ? 2 : 1);
          scene.proveItWorks("" + i);
          // told to the registry once a second: not waited for each time
          if (i % FRESH == 0) host.awaitIdle();
          assertEquals(List.of(), host.notices());
          if (expected == null) expected = host.services();
          awaitServices(expected);
          end(seed);
        } catch (Exception | AssertionError e) {
          throw new AssertionError(
              "order "
                  + i
                  + ", again with -Ddivan.seed="
                  + seed
                  + ": "
                  + String.join(", ", forth.stream().map(Object::toString).toList()),
              e);
        }
      }
    } finally {
      if (host != null) host.close();
    }
  }

  private static void run(List<Scene.Event> events, int threads) throws Exception {
    if (threads == 1) {
      for (Scene.Event each : events) each.forth().run();
      return;
    }
    ExecutorService crowd = Executors.newFixedThreadPool(threads);
    try {
      Queue<Scene.Event> left = new ConcurrentLinkedQueue<>(events);
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < threads; i++)
        done.add(
            crowd.submit(
                () -> {
                  for (Scene.Event next; (next = left.poll()) != null; ) next.forth().run();
                  return null;
                }));
      for (Future<?> each : done) each.get(60, TimeUnit.SECONDS);
    } finally {
      crowd.shutdownNow();
    }
  }

  /** What has just been told to change may still be on its way; what stays different is wrong. */
  private void awaitServices(List<String> expected) throws InterruptedException {
    Await.that(
        Duration.ofSeconds(20),
        () -> host.services().equals(expected),
        () ->
            "beyond the first order's services "
                + without(host.services(), expected)
                + ", missing "
                + without(expected, host.services()));
  }

  private static List<String> without(List<String> these, List<String> those) {
    List<String> rest = new ArrayList<>(these);
    those.forEach(rest::remove);
    return rest;
  }

  private void renew(String name) throws Exception {
    if (host != null) host.close();
    host = new Host(kind, home.resolve("framework-" + name));
    scene = new Scene(host, home.resolve("data"), ports);
  }

  /** In another order still; then nothing of ours is there any more. */
  private void end(long seed) throws Exception {
    List<Scene.Event> back = new ArrayList<>(scene.events());
    Collections.shuffle(back, new Random(~seed));
    for (Scene.Event each : back) each.back().run();
    assertEquals(List.of(), host.services());
    Await.that(
        Duration.ofSeconds(20), () -> Traces.threads().isEmpty(), () -> "left " + Traces.stacks());
  }
}
