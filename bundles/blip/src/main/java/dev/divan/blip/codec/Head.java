// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import dev.divan.transport.Closure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The front of a message, length and property block, gathered from runs cut at any byte. */
public final class Head {
  /** Longest property block, as other peers have it. */
  public static final int MAX_PROPERTIES = 102_400;

  private byte[] bytes = new byte[128];
  private int length;
  private int begin;
  private int end = -1;

  /** Takes what belongs to the head and returns the index behind it. */
  public int take(byte[] run, int from, int to) throws Violation {
    int at = from;
    while (end < 0 && at < to) {
      append(run, at, 1);
      at++;
      if (bytes[length - 1] >= 0 || length > Varint.MAX_LENGTH) {
        begin = Varint.length(bytes, 0, length);
        end = begin + blockLength(bytes, 0, begin);
      }
    }
    if (end >= 0) {
      int n = Math.min(end - length, to - at);
      append(run, at, n);
      at += n;
      if (complete()) {
        verify(bytes, begin, end);
      }
    }
    return at;
  }

  public boolean complete() {
    return length == end;
  }

  /** The property block; null until {@link #complete}. */
  public byte @Nullable [] block() {
    return complete() ? Arrays.copyOfRange(bytes, begin, end) : null;
  }

  /** The length of the property block told by the varint at {@code from}, checked. */
  public static int blockLength(byte[] bytes, int from, int varint) throws Violation {
    long told = Varint.value(bytes, from, varint);
    if (told > MAX_PROPERTIES) {
      throw new Violation(Closure.UNEXPECTED, "properties too long");
    }
    return (int) told;
  }

  /** Checks a whole property block: empty, or ended by NUL. */
  public static void verify(byte[] bytes, int from, int to) throws Violation {
    if (to > from && bytes[to - 1] != 0) {
      throw new Violation(Closure.UNEXPECTED, "properties not terminated");
    }
  }

  /** What to say of a message that ends before its properties do. */
  public static Violation incomplete() {
    return new Violation(Closure.UNEXPECTED, "message ends inside properties");
  }

  private void append(byte[] run, int from, int n) {
    if (length + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + n));
    }
    System.arraycopy(run, from, bytes, length, n);
    length += n;
  }
}
