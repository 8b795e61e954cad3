// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.BlobSink;
import dev.divan.store.Blobs.BlobKey;
import dev.divan.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collects a blob piece by piece. */
final class MemoryBlobSink implements BlobSink {
  private static final int MAX_KEY = 64;
  // Small writes are gathered into pieces of this size; trades waste at the end for fewer arrays.
  private static final int PIECE = 16 << 10;

  private final Map<BlobKey, MemoryBlob> blobs;
  private final Gate gate;
  private final List<byte[]> pieces = new ArrayList<>();
  private byte[] filling = new byte[PIECE];
  private int filled;
  private long length;
  private boolean ended;

  MemoryBlobSink(Map<BlobKey, MemoryBlob> blobs, Gate gate) {
    this.blobs = blobs;
    this.gate = gate;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    gate.enter();
    try {
      check();
      int at = offset;
      int end = offset + count;
      while (at < end) {
        int taken = Math.min(end - at, PIECE - filled);
        System.arraycopy(bytes, at, filling, filled, taken);
        at += taken;
        filled += taken;
        if (filled == PIECE) {
          pieces.add(filling);
          filling = new byte[PIECE];
          filled = 0;
        }
      }
      length += count;
    } finally {
      gate.leave();
    }
  }

  @Override
  public void publish(byte[] key) {
    gate.enter();
    try {
      check();
      if (key.length == 0 || key.length > MAX_KEY) {
        throw new StoreException(
            "The key of a blob has 1 to " + MAX_KEY + " bytes, not " + key.length);
      }
      if (filled > 0) {
        pieces.add(Arrays.copyOf(filling, filled));
      }
      blobs.putIfAbsent(new BlobKey(key.clone()), new MemoryBlob(List.copyOf(pieces), length));
      close();
    } finally {
      gate.leave();
    }
  }

  @Override
  public void close() {
    ended = true;
    pieces.clear();
    filling = new byte[0];
  }

  private void check() {
    if (ended) {
      throw new StoreException("The blob has been published or discarded");
    }
  }
}
