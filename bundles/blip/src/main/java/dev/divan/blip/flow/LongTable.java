// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A hash table from message numbers to what is open under them, without boxes and entries. */
public final class LongTable<V> {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[64];
  private @Nullable Object[] values = new @Nullable Object[64];
  private int shift = Long.SIZE - 6;
  private int size;

  public int size() {
    return size;
  }

  @SuppressWarnings("unchecked")
  public @Nullable V get(long key) {
    return (V) values[find(key)];
  }

  public void put(long key, V value) {
    int at = find(key);
    if (values[at] == null) {
      if (2 * (size + 1) > keys.length) {
        grow();
        at = find(key);
      }
      keys[at] = key;
      size++;
    }
    values[at] = value;
  }

  public @Nullable V remove(long key) {
    int at = find(key);
    @SuppressWarnings("unchecked")
    V found = (V) values[at];
    if (found != null) {
      size--;
      close(at);
    }
    return found;
  }

  /** Removes everything and returns it, by ascending key. */
  @SuppressWarnings("unchecked")
  public List<V> clear() {
    long[] open = new long[size];
    int n = 0;
    for (int i = 0; i < keys.length; i++) {
      if (values[i] != null) {
        open[n++] = keys[i];
      }
    }
    Arrays.sort(open);
    List<V> found = new ArrayList<>(n);
    for (long key : open) {
      found.add((V) Objects.requireNonNull(values[find(key)]));
    }
    Arrays.fill(values, null);
    size = 0;
    return found;
  }

  /** The slot of a key, or the free slot where it would go. */
  private int find(long key) {
    int mask = keys.length - 1;
    int at = slot(key);
    while (values[at] != null && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /**
   * Numbers come in sequence. One beside the other they would fill a row without a gap, and a
   * removal looks at all up to the next gap; multiplied by the golden ratio they keep their
   * distance.
   */
  private int slot(long key) {
    return (int) (key * GOLDEN >>> shift);
  }

  /** Empties a slot and moves up those behind it that would not be found any more. */
  private void close(int hole) {
    int mask = keys.length - 1;
    int at = hole;
    int free = hole;
    values[free] = null;
    for (; ; ) {
      at = (at + 1) & mask;
      if (values[at] == null) {
        return;
      }
      int home = slot(keys[at]);
      if (((at - home) & mask) >= ((at - free) & mask)) {
        keys[free] = keys[at];
        values[free] = values[at];
        values[at] = null;
        free = at;
      }
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new @Nullable Object[oldKeys.length * 2];
    shift--;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
