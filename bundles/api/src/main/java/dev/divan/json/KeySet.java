// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The keys of all objects of one document, to find one that occurs twice in the same object. One
 * open hash table over (object, key); keys are not copied, entries are never removed.
 */
final class KeySet {
  // Secret, so that nobody can choose keys that collide.
  private static final long SECRET = new SecureRandom().nextLong() | 1;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[][] keys = new byte[64][];
  private long[] hashes = new long[64];
  private int[] objects = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  /** Adds a key of an object, numbered from 1; false if the object has it already. */
  boolean add(int object, byte[] bytes, int start, int end) {
    long hash = hash(object, bytes, start, end);
    int mask = hashes.length - 1;
    int slot = (int) hash & mask;
    while (objects[slot] != 0) {
      if (hashes[slot] == hash && objects[slot] == object && same(slot, bytes, start, end)) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    put(slot, hash, object, bytes, start, end);
    if (++size * 2 > hashes.length) {
      grow();
    }
    return true;
  }

  private void put(int slot, long hash, int object, byte[] bytes, int start, int end) {
    hashes[slot] = hash;
    objects[slot] = object;
    starts[slot] = start;
    ends[slot] = end;
    keys[slot] = bytes;
  }

  private boolean same(int slot, byte[] bytes, int start, int end) {
    return Arrays.equals(keys[slot], starts[slot], ends[slot], bytes, start, end);
  }

  private void grow() {
    byte[][] oldKeys = keys;
    long[] oldHashes = hashes;
    int[] oldObjects = objects;
    int[] oldStarts = starts;
    int[] oldEnds = ends;
    int length = oldHashes.length * 2;
    keys = new byte[length][];
    hashes = new long[length];
    objects = new int[length];
    starts = new int[length];
    ends = new int[length];
    for (int old = 0; old < oldHashes.length; old++) {
      if (oldObjects[old] != 0) {
        int slot = (int) oldHashes[old] & (length - 1);
        while (objects[slot] != 0) {
          slot = (slot + 1) & (length - 1);
        }
        put(slot, oldHashes[old], oldObjects[old], oldKeys[old], oldStarts[old], oldEnds[old]);
      }
    }
  }

  private static long hash(int object, byte[] bytes, int start, int end) {
    long hash = (object * SECRET) ^ (end - start);
    int at = start;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ (long) LONG.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 8 | bytes[at] & 0xff;
    }
    return mix(hash ^ rest);
  }

  private static long mix(long hash) {
    long mixed = hash * SECRET;
    return mixed ^ mixed >>> 32;
  }
}
