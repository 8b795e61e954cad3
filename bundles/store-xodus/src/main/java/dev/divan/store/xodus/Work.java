// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import dev.divan.store.Cursor;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Xodus transaction in the words of the contract, for as long as its work runs. */
final class Work implements Transaction {
  private static final int MAX_KEY = 1024;
  private static final int MAX_VALUE = 64 << 20;

  private final String place;
  private final Entries entries;
  private final jetbrains.exodus.env.Transaction txn;
  private boolean ended;

  Work(String place, Entries entries, jetbrains.exodus.env.Transaction txn) {
    this.place = place;
    this.entries = entries;
    this.txn = txn;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    check();
    if (key.length == 0) {
      return null;
    }
    try {
      return entries.get(txn, key);
    } catch (RuntimeException e) {
      throw failure("reading", e);
    }
  }

  @Override
  public Cursor scan(byte[] from, byte @Nullable [] to) {
    check();
    return new EntryCursor(this, from.clone(), to == null ? null : to.clone());
  }

  @Override
  public void put(byte[] key, byte[] value) {
    check();
    if (key.length == 0 || key.length > MAX_KEY) {
      throw new StoreException("A key has 1 to " + MAX_KEY + " bytes, not " + key.length);
    }
    if (value.length > MAX_VALUE) {
      throw new StoreException("A value has at most " + MAX_VALUE + " bytes, not " + value.length);
    }
    attempt(
        "writing",
        () -> {
          entries.put(txn, key, value);
          return true;
        });
  }

  @Override
  public void delete(byte[] key) {
    check();
    if (key.length > 0) {
      attempt(
          "writing",
          () -> {
            entries.delete(txn, key);
            return true;
          });
    }
  }

  Entries entries() {
    return entries;
  }

  jetbrains.exodus.env.Transaction txn() {
    return txn;
  }

  void check() {
    if (ended) {
      throw new StoreException("The work this snapshot was handed to has ended");
    }
  }

  void end() {
    ended = true;
  }

  /** Runs a step in Xodus; what it throws says where it happened. */
  <T> T attempt(String what, Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      throw failure(what, e);
    }
  }

  private StoreException failure(String what, RuntimeException cause) {
    return new StoreException("In " + place + " " + what + " failed: " + cause.getMessage(), cause);
  }
}
