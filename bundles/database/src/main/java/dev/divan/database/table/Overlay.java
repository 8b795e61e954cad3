// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.table;

import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import dev.divan.store.Transaction;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes kept in memory over something that is only read: a batch in the making. It can be replayed
 * into a transaction, as often as that takes. For one thread.
 */
public final class Overlay implements Transaction {
  private final Snapshot below;
  private final NavigableMap<byte[], Optional<byte[]>> entries =
      new TreeMap<>(Arrays::compareUnsigned);

  public Overlay(Snapshot below) {
    this.below = below;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    Optional<byte[]> entry = entries.get(key);
    return entry == null ? below.get(key) : entry.map(byte[]::clone).orElse(null);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries.put(key.clone(), Optional.of(value.clone()));
  }

  @Override
  public void delete(byte[] key) {
    entries.put(key.clone(), Optional.empty());
  }

  /** Writes all this into a transaction. */
  public void replay(Transaction transaction) {
    entries.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            transaction.put(key, value.get());
          } else {
            transaction.delete(key);
          }
        });
  }

  @Override
  public Cursor scan(byte[] from, byte @Nullable [] to) {
    // A copy of the range, because it may be written to while it is walked.
    NavigableMap<byte[], Optional<byte[]>> mine =
        new TreeMap<>(
            to == null ? entries.tailMap(from, true) : entries.subMap(from, true, to, false));
    return new Merged(below.scan(from, to), mine);
  }

  /** Both, in order; what is above hides what is below. */
  private static final class Merged implements Cursor {
    private final Cursor below;
    private final NavigableMap<byte[], Optional<byte[]>> above;
    private boolean belowReady;
    private byte @Nullable [] belowKey;
    private byte[] key = new byte[0];
    private byte[] value = new byte[0];

    Merged(Cursor below, NavigableMap<byte[], Optional<byte[]>> above) {
      this.below = below;
      this.above = above;
    }

    @Override
    public boolean next() {
      while (true) {
        if (!belowReady) {
          belowKey = below.next() ? below.key() : null;
          belowReady = true;
        }
        if (above.isEmpty() && belowKey == null) {
          return false;
        }
        int order =
            above.isEmpty()
                ? 1
                : belowKey == null ? -1 : Arrays.compareUnsigned(above.firstKey(), belowKey);
        if (order > 0) {
          key = belowKey;
          value = below.value();
          belowReady = false;
          return true;
        }
        if (order == 0) {
          belowReady = false;
        }
        var entry = above.pollFirstEntry();
        if (entry.getValue().isPresent()) {
          key = entry.getKey();
          value = entry.getValue().get();
          return true;
        }
      }
    }

    @Override
    public byte[] key() {
      return key.clone();
    }

    @Override
    public byte[] value() {
      return value.clone();
    }

    @Override
    public void close() {
      below.close();
    }
  }
}
