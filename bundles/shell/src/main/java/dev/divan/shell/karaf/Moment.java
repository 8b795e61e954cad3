// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.karaf;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks, and waits for a moment only: who types shall not be held up by a database that is. One
 * question at a time; another may wait its moment, the answer to more is none. A question is not
 * interrupted, as that would close the files it reads. May be used by all threads.
 */
final class Moment implements AutoCloseable {
  /** Trades candidates of a slow disk for a line editor that answers. */
  static final Duration LONGEST = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.shell");
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor asking =
      new ThreadPoolExecutor(
          1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), Moment::thread);

  Moment() {
    asking.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "divan-completion");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * @param none the answer if there is no other yet
   */
  <T> T ask(Callable<T> question, T none) {
    FutureTask<T> answer = new FutureTask<>(question);
    try {
      asking.execute(answer);
      return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException | TimeoutException notNow) {
      asking.remove(answer);
      answer.cancel(false);
      return none;
    } catch (ExecutionException e) {
      LOG.debug("nothing is completed", e);
      return none;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return none;
    }
  }

  @Override
  public void close() {
    asking.shutdown();
  }
}
