// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import dev.divan.store.Cursor;
import dev.divan.store.StoreException;
import java.util.Arrays;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import org.jspecify.annotations.Nullable;

/** A Xodus cursor between two bounds. */
final class EntryCursor implements Cursor {
  private final Work work;
  private final byte[] from;
  private final byte @Nullable [] to;
  private final jetbrains.exodus.env.Cursor cursor;
  private boolean begun;
  private boolean ended;
  private boolean closed;
  private byte @Nullable [] key;

  EntryCursor(Work work, byte[] from, byte @Nullable [] to) {
    this.work = work;
    this.from = from;
    this.to = to;
    this.cursor = work.attempt("reading", () -> work.entries().cursor(work.txn()));
  }

  @Override
  public boolean next() {
    check();
    if (ended) {
      return false;
    }
    byte[] stepped = work.attempt("reading", this::step);
    key = stepped;
    ended = stepped == null;
    return stepped != null;
  }

  private byte @Nullable [] step() {
    boolean there =
        begun ? cursor.getNext() : cursor.getSearchKeyRange(new ArrayByteIterable(from)) != null;
    begun = true;
    if (!there) {
      return null;
    }
    ByteIterable found = cursor.getKey();
    byte[] bytes = Arrays.copyOf(found.getBytesUnsafe(), found.getLength());
    return to == null || Arrays.compareUnsigned(bytes, to) < 0 ? bytes : null;
  }

  @Override
  public byte[] key() {
    return current().clone();
  }

  @Override
  public byte[] value() {
    current();
    return work.attempt("reading", () -> work.entries().value(work.txn(), cursor.getValue()));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      cursor.close();
    }
  }

  private byte[] current() {
    check();
    byte[] current = key;
    if (current == null) {
      throw new StoreException("The cursor stands on no entry");
    }
    return current;
  }

  private void check() {
    work.check();
    if (closed) {
      throw new StoreException("The cursor is closed");
    }
  }
}
