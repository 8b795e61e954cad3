// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.BlobSink;
import dev.divan.store.Blobs;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The blobs of one opening of a space. */
final class MemoryBlobs implements Blobs {
  private final Map<BlobKey, MemoryBlob> blobs;
  private final Gate gate;

  MemoryBlobs(Map<BlobKey, MemoryBlob> blobs, Gate gate) {
    this.blobs = blobs;
    this.gate = gate;
  }

  @Override
  public long length(byte[] key) {
    return inside(
        () -> {
          MemoryBlob blob = blobs.get(new BlobKey(key));
          return blob == null ? -1 : blob.length();
        });
  }

  @Override
  public @Nullable InputStream open(byte[] key) {
    gate.enter();
    try {
      MemoryBlob blob = blobs.get(new BlobKey(key));
      return blob == null ? null : blob.open();
    } finally {
      gate.leave();
    }
  }

  @Override
  public BlobSink create() {
    return inside(() -> new MemoryBlobSink(blobs, gate));
  }

  @Override
  public boolean delete(byte[] key) {
    return inside(() -> blobs.remove(new BlobKey(key)) != null);
  }

  @Override
  public Set<BlobKey> keys() {
    return inside(() -> Set.copyOf(blobs.keySet()));
  }

  private <T> T inside(Supplier<T> work) {
    gate.enter();
    try {
      return work.get();
    } finally {
      gate.leave();
    }
  }
}
