// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs tasks one after the other, without a thread of its own and without a lock: whoever brings a
 * task while nothing runs, runs it before {@link #execute} returns, and then whatever others have
 * brought meanwhile; whoever brings one while another runs leaves it behind and goes on. So a task
 * is done on return, except when two threads meet, and no thread waits for another unless it asks
 * to.
 *
 * <p>A task brought by a task runs after it, not inside it. The queue is as long as there are
 * threads that call at the same time, and tasks they bring.
 */
public final class Turns implements Executor {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Consumer<? super RuntimeException> failed;

  /**
   * @param failed told what a task throws; the tasks after it run all the same
   */
  public Turns(Consumer<? super RuntimeException> failed) {
    this.failed = failed;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    do {
      try {
        tasks.remove().run();
      } catch (RuntimeException e) {
        failed.accept(e);
      }
    } while (waiting.decrementAndGet() > 0);
  }

  /**
   * Executes and waits until the task has run, which takes time only if another thread is at it.
   * Not to be called by a task.
   *
   * @return false if it has not run after so many seconds, or this thread was interrupted; it will
   *     run all the same
   */
  public boolean executeAndWait(Runnable task, long seconds) {
    CountDownLatch done = new CountDownLatch(1);
    execute(
        () -> {
          try {
            task.run();
          } finally {
            done.countDown();
          }
        });
    try {
      return done.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
