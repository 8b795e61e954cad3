// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.channel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts the fragments of a message together. */
final class Assembly {
  /** More than any peer sends in one message: they keep to 16 KB. */
  static final int LIMIT = 1024 * 1024;

  private static final int FIRST_SIZE = 32 * 1024;

  private byte @Nullable [] message;
  private int length;

  /**
   * Adds a fragment.
   *
   * @return the message if this was its last fragment, else null
   * @throws TooLong if it grows beyond {@link #LIMIT}
   */
  byte @Nullable [] add(@Nullable ByteBuffer payload, boolean last) throws TooLong {
    int size = payload == null ? 0 : payload.remaining();
    if (message == null && last) {
      byte[] whole = new byte[size];
      copy(payload, whole, 0);
      return whole;
    }
    if (length + size > LIMIT) {
      throw new TooLong();
    }
    byte[] grown = message == null ? new byte[Math.max(size, FIRST_SIZE)] : message;
    if (length + size > grown.length) {
      grown = Arrays.copyOf(grown, Math.min(LIMIT, Math.max(length + size, 2 * grown.length)));
    }
    copy(payload, grown, length);
    length += size;
    message = grown;
    if (!last) {
      return null;
    }
    byte[] whole = Arrays.copyOf(grown, length);
    message = null;
    length = 0;
    return whole;
  }

  private static void copy(@Nullable ByteBuffer payload, byte[] into, int at) {
    if (payload != null) {
      payload.get(into, at, payload.remaining());
    }
  }

  /** The message is longer than {@link #LIMIT}. */
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("message longer than " + LIMIT + " bytes");
    }
  }
}
