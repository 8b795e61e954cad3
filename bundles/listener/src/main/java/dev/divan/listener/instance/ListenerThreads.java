// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.instance;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The bundle's threads, for all its listeners. */
@Component(service = ListenerThreads.class)
public final class ListenerThreads implements AutoCloseable {
  /** Authenticators at work at a time; they hash passwords or ask a directory. */
  static final int JUDGES = 4;

  /** Logins that wait for one; those beyond are answered 503, and clients come back. */
  static final int WAITING = 200;

  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor judging;
  private final ScheduledExecutorService timer;

  @Activate
  public ListenerThreads() {
    judging =
        new ThreadPoolExecutor(
            JUDGES,
            JUDGES,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            named("divan-auth-"));
    judging.allowCoreThreadTimeOut(true);
    timer = Executors.newSingleThreadScheduledExecutor(named("divan-listener-retry-"));
  }

  /** For authenticators. */
  Executor judging() {
    return judging;
  }

  /** For another try to bind. */
  ScheduledExecutorService timer() {
    return timer;
  }

  @Deactivate
  @Override
  public void close() {
    judging.shutdown();
    timer.shutdownNow();
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
