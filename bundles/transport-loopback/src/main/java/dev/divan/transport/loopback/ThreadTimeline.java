// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Real time, on two daemon threads that go when nothing happens. */
final class ThreadTimeline implements Timeline, AutoCloseable {
  /** One thread per end keeps two talking peers from taking turns; more would gain nothing. */
  private static final int THREADS = 2;

  private final AtomicInteger number = new AtomicInteger();
  private final ScheduledThreadPoolExecutor executor;

  ThreadTimeline() {
    executor =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "divan-loopback-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            // Late tasks of channels that outlived the transport have nobody left to tell.
            new ScheduledThreadPoolExecutor.DiscardPolicy());
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    if (delay.isZero()) {
      executor.execute(task);
    } else {
      executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public Duration now() {
    return Duration.ofNanos(System.nanoTime());
  }

  /** Lets what is already due run, then ends. */
  @Override
  public void close() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.shutdown();
  }
}
