// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.store.Blobs;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A space whose contents may go to another store beneath the work that is done on it. While nothing
 * moves it only passes on; while something does it also notes what is written, and lets writers
 * wait for the copy when they outrun it.
 */
public final class MovableSpace implements Space {
  private final ReentrantLock writing = new ReentrantLock();
  private final Condition room = writing.newCondition();

  /** Held shared by who changes blobs, and alone by who switches. */
  private final ReentrantReadWriteLock changingBlobs = new ReentrantReadWriteLock();

  private final MovableBlobs blobs = new MovableBlobs(this);
  private volatile Residence residence;
  private volatile @Nullable Residence former;
  private volatile boolean closed;

  // Set and read under the lock for writing.
  private volatile @Nullable Trail trail;

  public MovableSpace(Space space) {
    this.residence = new Residence(space);
  }

  @Override
  public <T> T read(Function<? super Snapshot, T> work) {
    return anywhere(space -> space.read(work));
  }

  /** Once more if the database moved away under it. */
  <T extends @Nullable Object> T anywhere(Function<Space, T> step) {
    while (true) {
      Residence here = residence;
      try {
        return step.apply(here.space());
      } catch (StoreException e) {
        if (here == residence) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> T write(Function<? super Transaction, T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw new StoreException("A write within a write");
    }
    writing.lock();
    try {
      Trail now = trail;
      while (now != null && now.isFull() && !closed) {
        room.awaitUninterruptibly();
        now = trail;
      }
      Trail noted = now;
      return noted == null
          ? residence.space().write(work)
          : noted.note(notes -> residence.space().write(t -> work.apply(notes.on(t))));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      room.signalAll();
    } finally {
      writing.unlock();
    }
    Residence last = former;
    if (last != null && !last.isClosed()) {
      last.close();
    }
    residence.leave();
    residence.space().close();
  }

  /** Whether the space it was in last is still open, for a blob that is on its way there. */
  boolean isStillLeaving() {
    Residence last = former;
    return last != null && !last.isClosed();
  }

  boolean isClosed() {
    return closed;
  }

  Residence residence() {
    return residence;
  }

  ReentrantReadWriteLock changingBlobs() {
    return changingBlobs;
  }

  @Nullable Trail trail() {
    return trail;
  }

  /** Begins to note what is written; one at a time. */
  Trail follow() {
    writing.lock();
    try {
      if (trail != null) {
        throw new MoveException("it is being moved already", null);
      }
      Trail fresh = new Trail();
      trail = fresh;
      return fresh;
    } finally {
      writing.unlock();
    }
  }

  void unfollow() {
    writing.lock();
    try {
      trail = null;
      room.signalAll();
    } finally {
      writing.unlock();
    }
  }

  /** Runs a step while nobody writes, and lets those go on who waited. */
  <T extends @Nullable Object> T between(java.util.function.Supplier<T> step) {
    writing.lock();
    try {
      return step.get();
    } finally {
      room.signalAll();
      writing.unlock();
    }
  }

  /** The barrier: runs a step while nobody writes entries or changes blobs. */
  <T extends @Nullable Object> T alone(java.util.function.Supplier<T> step) {
    return between(
        () -> {
          changingBlobs.writeLock().lock();
          try {
            return step.get();
          } finally {
            changingBlobs.writeLock().unlock();
          }
        });
  }

  /** From now on here; only when alone. Returns what was left. */
  Residence moved(Space to) {
    Residence before = residence;
    former = before;
    residence = new Residence(to);
    trail = null;
    return before;
  }
}
