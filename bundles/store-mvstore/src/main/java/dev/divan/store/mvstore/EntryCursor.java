// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import dev.divan.store.Cursor;
import dev.divan.store.StoreException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stored entries and those written above them before the cursor was opened, between two bounds. */
final class EntryCursor implements Cursor {
  private final Work work;
  private final byte @Nullable [] to;
  private final long writes;
  private final org.h2.mvstore.Cursor<byte[], byte[]> stored;
  private byte @Nullable [] nextStored;
  private byte[] place;
  private boolean begun;
  private boolean closed;
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  EntryCursor(Work work, byte[] from, byte @Nullable [] to) {
    this.work = work;
    this.to = to;
    this.writes = work.writes();
    this.place = from;
    this.stored = work.stored(from);
    this.nextStored = work.attempt(this::stepped);
  }

  @Override
  public boolean next() {
    check();
    do {
      if (begun && key == null) {
        return false;
      }
      step();
      begun = true;
    } while (key != null && value == null);
    return key != null;
  }

  /** To the next key of either side; what is written above counts, which may be a deletion. */
  private void step() {
    Map.Entry<byte[], Work.Written> written = written();
    byte[] below = nextStored;
    int order =
        written == null ? 1 : below == null ? -1 : Arrays.compareUnsigned(written.getKey(), below);
    byte[] found = order <= 0 && written != null ? written.getKey() : below;
    if (found == null || to != null && Arrays.compareUnsigned(found, to) >= 0) {
      key = null;
      value = null;
      return;
    }
    key = found;
    value = order <= 0 && written != null ? written.getValue().value() : stored.getValue();
    place = found;
    if (order >= 0) {
      nextStored = work.attempt(this::stepped);
    }
  }

  private Map.@Nullable Entry<byte[], Work.Written> written() {
    Map.Entry<byte[], Work.Written> next =
        begun ? work.written().higherEntry(place) : work.written().ceilingEntry(place);
    while (next != null && next.getValue().number() >= writes) {
      next = work.written().higherEntry(next.getKey());
    }
    return next;
  }

  private byte @Nullable [] stepped() {
    return stored.hasNext() ? stored.next() : null;
  }

  @Override
  public byte[] key() {
    return current(key).clone();
  }

  @Override
  public byte[] value() {
    return current(value).clone();
  }

  @Override
  public void close() {
    closed = true;
  }

  private byte[] current(byte @Nullable [] part) {
    check();
    if (part == null) {
      throw new StoreException("The cursor stands on no entry");
    }
    return part;
  }

  private void check() {
    work.check();
    if (closed) {
      throw new StoreException("The cursor is closed");
    }
  }
}
