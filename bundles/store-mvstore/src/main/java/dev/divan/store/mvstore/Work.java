// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import dev.divan.store.Cursor;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A commit, and the writes of a transaction in memory above it, for as long as its work runs. So
 * MVStore sees no write of a work that fails.
 */
final class Work implements Transaction {
  private static final int MAX_KEY = 1024;
  private static final int MAX_VALUE = 64 << 20;

  private final String place;
  private final MVMap<byte[], byte[]> map;
  private final Committed below;
  private final NavigableMap<byte[], Written> above = new TreeMap<>(Arrays::compareUnsigned);
  private long writes;
  private boolean ended;

  /**
   * A write.
   *
   * @param number how many came before it in this transaction
   * @param value null for a deletion
   */
  record Written(long number, byte @Nullable [] value) {}

  Work(String place, MVMap<byte[], byte[]> map, Committed below) {
    this.place = place;
    this.map = map;
    this.below = below;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    check();
    Written own = above.get(key);
    byte[] found = own == null ? attempt(() -> map.get(below.root().root, key)) : own.value();
    return found == null ? null : found.clone();
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
    above.put(key.clone(), new Written(writes++, value.clone()));
  }

  @Override
  public void delete(byte[] key) {
    check();
    if (key.length > 0) {
      above.put(key.clone(), new Written(writes++, null));
    }
  }

  /** What has been written, in the order of keys. */
  NavigableMap<byte[], Written> written() {
    return above;
  }

  /** How many writes there were. */
  long writes() {
    return writes;
  }

  /** The stored entries from a key on. */
  org.h2.mvstore.Cursor<byte[], byte[]> stored(byte[] from) {
    return attempt(() -> map.cursor(below.root(), from, null, false));
  }

  void check() {
    if (ended) {
      throw new StoreException("The work this snapshot was handed to has ended");
    }
  }

  void end() {
    ended = true;
  }

  /** Runs a step in MVStore; what it throws says where it happened. */
  <T extends @Nullable Object> T attempt(Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      throw new StoreException("In " + place + " reading failed: " + e.getMessage(), e);
    }
  }
}
