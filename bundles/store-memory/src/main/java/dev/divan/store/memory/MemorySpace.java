// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.Blobs;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** One opening of a space: readers take the last tree, the one writer replaces it. */
final class MemorySpace implements Space {
  private final String name;
  private final Content content;
  private final Runnable closed;
  private final Gate gate;
  private final ReentrantLock writing = new ReentrantLock();
  private final Blobs blobs;

  MemorySpace(String name, Content content, Runnable closed) {
    this.name = name;
    this.content = content;
    this.closed = closed;
    this.gate = new Gate(name);
    this.blobs = new MemoryBlobs(content.blobs, gate);
  }

  @Override
  public <T> T read(Function<? super Snapshot, T> work) {
    gate.enter();
    Work snapshot = new Work(content.tree);
    try {
      return work.apply(snapshot);
    } finally {
      snapshot.end();
      gate.leave();
    }
  }

  @Override
  public <T> T write(Function<? super Transaction, T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw new StoreException("A write to space " + name + " within a write to it");
    }
    gate.enter();
    writing.lock();
    try {
      Work transaction = new Work(content.tree);
      T result;
      try {
        result = work.apply(transaction);
      } finally {
        transaction.end();
      }
      content.tree = transaction.end();
      return result;
    } finally {
      writing.unlock();
      gate.leave();
    }
  }

  @Override
  public Blobs blobs() {
    gate.enter();
    gate.leave();
    return blobs;
  }

  @Override
  public void close() {
    gate.close(closed);
  }
}
