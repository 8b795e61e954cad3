// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.blip.Lanes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of all conversations: lanes that never block, workers that may (disks, filters,
 * resolvers, listeners), one timer that only hands over. All are daemons; all end with {@link
 * #close}.
 */
public final class Threads implements AutoCloseable {

  /**
   * Workers: more would let slow filters of many conversations run side by side, each costs a
   * stack.
   */
  private static final int WORKERS = 8;

  private final Lanes lanes = new Lanes();
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService timer;

  public Threads() {
    this(ownTimer());
  }

  /** With a timer of the caller's, who makes the time; it is shut down with the rest. */
  public Threads(ScheduledExecutorService timer) {
    this.timer = timer;
    workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("divan-work-"));
    workers.allowCoreThreadTimeOut(true);
  }

  private static ScheduledExecutorService ownTimer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("divan-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  public Lanes lanes() {
    return lanes;
  }

  public ExecutorService workers() {
    return workers;
  }

  public ScheduledExecutorService timer() {
    return timer;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdown();
    lanes.close();
  }
}
