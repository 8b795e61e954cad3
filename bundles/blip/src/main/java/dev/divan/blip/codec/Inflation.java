// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import dev.divan.transport.Closure;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The inflating context of one direction; it spans frames and messages. */
final class Inflation implements AutoCloseable {
  /** What a sync flush ends with, and senders leave out. */
  static final byte[] TRAILER = {0, 0, (byte) 0xff, (byte) 0xff};

  /**
   * Bytes inflated at a time: most messages fit at once, and a bomb is stopped after so many bytes.
   */
  private static final int BUFFER = 32 * 1024;

  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[BUFFER];

  void begin(byte[] input, int from, int length) {
    inflater.setInput(input, from, length);
  }

  byte[] buffer() {
    return buffer;
  }

  /** Fills the buffer; fewer bytes than it holds mean that the input is used up. */
  int next() throws Violation {
    try {
      return inflater.inflate(buffer, 0, buffer.length);
    } catch (DataFormatException e) {
      throw new Violation(Closure.UNEXPECTED, "bad deflate data");
    }
  }

  /** Makes sure that the context is ready for the next frame. */
  void finished() throws Violation {
    if (inflater.finished() || !inflater.needsInput()) {
      throw new Violation(Closure.UNEXPECTED, "deflate stream ended");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
