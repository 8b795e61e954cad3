// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import java.util.zip.Deflater;

/** The deflating context of one direction; it spans frames and messages. */
final class Deflation implements AutoCloseable {
  private static final int TRAILER = 4;

  /** Room for what does not shrink: deflate adds a few bytes per 16 KB and per flush. */
  private final byte[] buffer = new byte[FrameWriter.MAX_FRAME + 1024];

  private final Deflater deflater;
  private int level;

  Deflation(int level) {
    this.level = level;
    this.deflater = new Deflater(level, true);
  }

  byte[] buffer() {
    return buffer;
  }

  /** Deflates into the buffer, up to a sync flush whose trailer is cut off; returns the length. */
  int deflate(byte[] plain, int length, int wantedLevel) {
    deflater.setInput(plain, 0, length);
    int n = 0;
    if (wantedLevel != level) {
      level = wantedLevel;
      deflater.setLevel(wantedLevel);
      // The call that changes the level does not flush, so the input has to be used up before.
      while (!deflater.needsInput()) {
        n += deflater.deflate(buffer, n, buffer.length - n, Deflater.NO_FLUSH);
      }
    }
    n += deflater.deflate(buffer, n, buffer.length - n, Deflater.SYNC_FLUSH);
    if (!deflater.needsInput() || n == buffer.length || !flushed(n)) {
      throw new IllegalStateException("deflate did not flush " + length + " bytes");
    }
    return n - TRAILER;
  }

  private boolean flushed(int n) {
    return n > TRAILER
        && buffer[n - 1] == -1
        && buffer[n - 2] == -1
        && buffer[n - 3] == 0
        && buffer[n - 4] == 0;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
