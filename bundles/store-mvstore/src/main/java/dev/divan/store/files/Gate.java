// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.store.StoreException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets work in while a space is open; closing waits until all of it is out. */
public final class Gate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final String space;
  private boolean closed;

  public Gate(String space) {
    this.space = space;
  }

  public void enter() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw new StoreException("Space " + space + " is closed");
    }
  }

  public void leave() {
    lock.readLock().unlock();
  }

  /** Waits for the work inside, then runs the last step, once. */
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
