// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in order, on threads of a shared pool. It takes a thread for a
 * <em>turn</em>: a number of tasks, then what was put off to the turn's end, then the thread goes
 * back. Tasks must not block.
 *
 * <p>The queue of tasks has no limit of its own; those who execute are bounded by what they hold:
 * one entry a connection for arriving frames and for written ones, one a message sent from outside.
 */
public final class Lane implements Executor {
  /** Tasks of a turn: many for one hand-over, few enough that other lanes get the thread soon. */
  private static final int TURN = 256;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.blip");

  private final Executor pool;
  private final Runnable turn = this::turn;
  private final ArrayDeque<Runnable> atEnd = new ArrayDeque<>();
  // Guarded by itself, as is scheduled.
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean scheduled;
  // Written by the thread that has the turn; any other only learns that it is not the one.
  private @Nullable Thread thread;

  /**
   * @param pool runs turns; two turns of one lane are never given to it at the same time
   */
  public Lane(Executor pool) {
    this.pool = pool;
  }

  /** Whether the calling thread has this lane's turn. */
  public boolean isCurrent() {
    return thread == Thread.currentThread();
  }

  /** Runs a task after those that wait already. From any thread. */
  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    schedule();
  }

  /** Runs a task at once if the caller is on the lane, else as {@link #execute}. */
  public void run(Runnable task) {
    if (isCurrent()) {
      task.run();
    } else {
      execute(task);
    }
  }

  /**
   * Puts a task off to the end of the current turn, behind those put off already; for what is
   * better done once for many tasks, such as writing. Only on the lane.
   */
  public void atEndOfTurn(Runnable task) {
    if (!isCurrent()) {
      throw new IllegalStateException("not on the lane");
    }
    atEnd.add(task);
  }

  private void turn() {
    thread = Thread.currentThread();
    int n;
    synchronized (tasks) {
      // Not those added meanwhile: a task that comes back must not put off the end of the turn.
      n = Math.min(TURN, tasks.size());
    }
    Runnable task;
    while (n-- > 0 && (task = next()) != null) {
      guarded(task);
    }
    while ((task = atEnd.poll()) != null) {
      guarded(task);
    }
    thread = null;
    synchronized (tasks) {
      scheduled = !tasks.isEmpty();
      if (!scheduled) {
        return;
      }
    }
    schedule();
  }

  private @Nullable Runnable next() {
    synchronized (tasks) {
      return tasks.poll();
    }
  }

  private void schedule() {
    try {
      pool.execute(turn);
    } catch (RejectedExecutionException e) {
      LOG.debug("lane has no threads any more, its tasks are dropped");
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a task of a lane failed", e);
    }
  }
}
