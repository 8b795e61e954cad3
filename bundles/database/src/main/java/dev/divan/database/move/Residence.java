// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.store.Space;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The space a database lives in, or lived in: kept open after it was left until the last blob that
 * is on its way there has arrived.
 */
final class Residence {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  private final Space space;
  private int arriving;
  private boolean left;
  private volatile boolean closed;

  Residence(Space space) {
    this.space = space;
  }

  Space space() {
    return space;
  }

  /** A blob is on its way; false if it has been left. */
  synchronized boolean expect() {
    if (left) {
      return false;
    }
    arriving++;
    return true;
  }

  /** It has arrived, or never will. */
  void arrived() {
    synchronized (this) {
      if (--arriving > 0 || !left) {
        return;
      }
    }
    // Not on this thread, which may be reading from it.
    Thread closing = new Thread(this::close, "divan-move-close");
    closing.setDaemon(true);
    closing.start();
  }

  /** Nothing new comes here; closes now if nothing is on its way. Waits for running reads. */
  void leave() {
    synchronized (this) {
      left = true;
      if (arriving > 0) {
        return;
      }
    }
    close();
  }

  /** Whether nobody is there any more. */
  boolean isClosed() {
    return closed;
  }

  /** Closes it, whatever is on its way. */
  void close() {
    try {
      space.close();
    } catch (RuntimeException e) {
      LOG.warn("a space that was moved did not close", e);
    } finally {
      closed = true;
    }
  }
}
