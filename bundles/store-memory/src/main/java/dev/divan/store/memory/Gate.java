// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.StoreException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets work in while a space is open; closing waits until all of it is out. */
final class Gate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final String space;
  private boolean closed;

  Gate(String space) {
    this.space = space;
  }

  void enter() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw new StoreException("Space " + space + " is closed");
    }
  }

  void leave() {
    lock.readLock().unlock();
  }

  /** Waits for the work inside, then runs the last step, once. */
  void close(Runnable last) {
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
