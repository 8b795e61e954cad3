// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that all lanes share: daemons named {@code divan-lane-N}. */
public final class Lanes implements AutoCloseable {
  /** Unused threads go after so long. */
  private static final int IDLE_SECONDS = 60;

  private final ThreadPoolExecutor pool;

  /** As many threads as processors, at least two, so that a sink that writes holds up nobody. */
  public Lanes() {
    this(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  public Lanes(int threads) {
    AtomicInteger count = new AtomicInteger();
    // The queue holds at most one turn a lane.
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "divan-lane-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /** A new lane. It costs nothing while it has no tasks and needs no closing. */
  public Lane lane() {
    return new Lane(pool);
  }

  /**
   * Takes no more tasks; turns that wait already are run. Close the connections and await their
   * ends before.
   */
  @Override
  public void close() {
    pool.shutdown();
  }
}
