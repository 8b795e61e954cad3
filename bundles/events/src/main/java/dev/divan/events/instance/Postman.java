// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.instance;

import dev.divan.events.letter.Letter;
import dev.divan.events.letter.Outbox;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers letters to the Event Admin, one after the other, on a thread of its own that goes when
 * it is idle. It waits for the handlers ({@code sendEvent}): what would otherwise wait in the Event
 * Admin, without a limit, waits in the outbox, which has one.
 */
final class Postman implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.events");
  private static final long IDLE_SECONDS = 30;

  private final EventAdmin admin;
  private final Outbox outbox;
  private final ThreadPoolExecutor thread;
  private final Object turn = new Object();
  private boolean delivering;
  private volatile boolean closed;

  Postman(EventAdmin admin, Outbox outbox) {
    this.admin = admin;
    this.outbox = outbox;
    // at most one round is queued: whoever adds while one runs leaves it to that one
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            round -> {
              Thread made = new Thread(round, "divan-events-1");
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /** Never blocks. */
  void send(Letter letter) {
    if (closed) return;
    if (outbox.add(new Letter(letter.topic(), dated(letter), letter.key(), letter.documents())))
      LOG.warn("event handlers are too slow: the oldest events are dropped");
    synchronized (turn) {
      if (delivering) return;
      delivering = true;
    }
    try {
      thread.execute(this::deliver);
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody is told any more: the bundle has stopped", e);
    }
  }

  /** Of the time it was written, not of when a handler has time for it. */
  private static Map<String, Object> dated(Letter letter) {
    Map<String, Object> dated = new HashMap<>(letter.properties());
    dated.putIfAbsent(EventConstants.TIMESTAMP, System.currentTimeMillis());
    return dated;
  }

  private void deliver() {
    for (; ; ) {
      Letter letter;
      synchronized (turn) {
        letter = closed ? null : outbox.poll();
        if (letter == null) {
          delivering = false;
          return;
        }
      }
      try {
        admin.sendEvent(new Event(letter.topic(), dated(letter)));
      } catch (RuntimeException | Error e) {
        LOG.warn("an event of {} could not be sent", letter.topic(), e);
      }
    }
  }

  /** Returns at once; a handler that is at it is let finish, what waits is not told any more. */
  @Override
  public void close() {
    closed = true;
    thread.shutdown();
  }
}
