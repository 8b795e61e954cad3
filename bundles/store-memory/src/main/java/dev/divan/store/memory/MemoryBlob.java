// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** A whole blob in pieces, so that none needs one array of its length. */
record MemoryBlob(List<byte[]> pieces, long length) {

  InputStream open() {
    return new Reading(pieces);
  }

  private static final class Reading extends InputStream {
    private final List<byte[]> pieces;
    private int piece;
    private int offset;

    Reading(List<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int count) {
      Objects.checkFromIndexSize(at, count, into.length);
      if (count == 0) {
        return 0;
      }
      if (piece == pieces.size()) {
        return -1;
      }
      byte[] bytes = pieces.get(piece);
      int taken = Math.min(count, bytes.length - offset);
      System.arraycopy(bytes, offset, into, at, taken);
      offset += taken;
      if (offset == bytes.length) {
        piece++;
        offset = 0;
      }
      return taken;
    }

    @Override
    public int available() {
      return piece == pieces.size() ? 0 : pieces.get(piece).length - offset;
    }
  }
}
