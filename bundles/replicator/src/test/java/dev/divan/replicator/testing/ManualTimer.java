// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import dev.divan.testkit.await.Await;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose long pauses, of a second and more, end when the test says so. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {
  private final BlockingQueue<Pause> pauses = new LinkedBlockingQueue<>();

  /** A pause that was asked for. */
  public record Pause(long seconds, Runnable end) {}

  public ManualTimer() {
    super(
        1,
        work -> {
          Thread thread = new Thread(work, "manual-timer");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    if (unit.toSeconds(delay) < 1) return super.schedule(command, delay, unit);
    ScheduledFuture<?> never = super.schedule(() -> {}, 1, TimeUnit.DAYS);
    pauses.add(
        new Pause(
            unit.toSeconds(delay),
            () -> {
              if (never.cancel(false)) command.run();
            }));
    return never;
  }

  /** The next pause. */
  public Pause next() {
    return Await.next(pauses, () -> "a pause");
  }
}
