// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.store.Blobs;
import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import java.util.Set;
import java.util.function.Function;

/** A store that breaks off at a chosen write of an entry, and that runs work twice if told to. */
final class FailingStore implements Store {
  private final Store store;
  int failAt = Integer.MAX_VALUE;
  int writes;
  boolean twice;

  FailingStore(Store store) {
    this.store = store;
  }

  @Override
  public Space open(String name) {
    return new FailingSpace(store.open(name));
  }

  @Override
  public Set<String> names() {
    return store.names();
  }

  @Override
  public void delete(String name) {
    store.delete(name);
  }

  private void count() {
    if (++writes == failAt) {
      throw new StoreException("broken off");
    }
  }

  /** What makes a store run work again. */
  private static final class Again extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final class FailingSpace implements Space {
    private final Space space;

    FailingSpace(Space space) {
      this.space = space;
    }

    @Override
    public <T> T read(Function<? super Snapshot, T> work) {
      return space.read(work);
    }

    @Override
    public <T> T write(Function<? super Transaction, T> work) {
      if (twice) {
        try {
          space.write(
              transaction -> {
                work.apply(transaction);
                throw new Again();
              });
        } catch (Again expected) {
          // Its writes have been undone; now for good.
        }
      }
      return space.write(transaction -> work.apply(new FailingTransaction(transaction)));
    }

    @Override
    public Blobs blobs() {
      return space.blobs();
    }

    @Override
    public void close() {
      space.close();
    }
  }

  private final class FailingTransaction implements Transaction {
    private final Transaction transaction;

    FailingTransaction(Transaction transaction) {
      this.transaction = transaction;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      count();
      transaction.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      count();
      transaction.delete(key);
    }

    @Override
    public byte[] get(byte[] key) {
      return transaction.get(key);
    }

    @Override
    public Cursor scan(byte[] from, byte[] to) {
      return transaction.scan(from, to);
    }
  }
}
