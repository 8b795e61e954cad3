// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.store.StoreException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets work in while a space is open; closing waits until all of it is out. The same thread may be
 * in several times.
 */
public final class Gate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final String space;
  private boolean closed;

  /**
   * An open gate.
   *
   * @param space its name, for what is said when it is closed
   */
  public Gate(String space) {
    this.space = space;
  }

  /**
   * Goes in; to be followed by {@link #leave} on the same thread.
   *
   * @throws StoreException if it is closed
   */
  public void enter() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw new StoreException("Space " + space + " is closed");
    }
  }

  /** Goes out. */
  public void leave() {
    lock.readLock().unlock();
  }

  /**
   * Waits for the work inside, then runs the last step; closing again is harmless.
   *
   * @throws StoreException if the work of this thread is inside
   */
  public void close(Runnable last) {
    if (lock.getReadHoldCount() > 0) {
      throw new StoreException("Space " + space + " cannot be closed from its own running work");
    }
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        last.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
