// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import dev.divan.transport.Closure;

/** Unsigned numbers up to 2^63−1, seven bits a byte, lowest first. */
public final class Varint {
  /** Bytes of the longest one. */
  public static final int MAX_LENGTH = 9;

  private Varint() {}

  public static int size(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /** Writes a value and returns the index behind it. */
  public static int put(byte[] into, int at, long value) {
    int i = at;
    long rest = value;
    while (rest > 0x7f) {
      into[i++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    into[i++] = (byte) rest;
    return i;
  }

  /**
   * How many bytes the number that begins at {@code from} takes; not always the fewest possible.
   */
  public static int length(byte[] bytes, int from, int to) throws Violation {
    int end = Math.min(to, from + MAX_LENGTH);
    for (int i = from; i < end; i++) {
      if (bytes[i] >= 0) {
        return i - from + 1;
      }
    }
    throw new Violation(Closure.UNEXPECTED, "bad varint");
  }

  /** The number in {@code length} bytes, a length found by {@link #length}. */
  public static long value(byte[] bytes, int from, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 7 | bytes[from + i] & 0x7f;
    }
    return value;
  }
}
