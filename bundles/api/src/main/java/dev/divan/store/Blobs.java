// SPDX-License-Identifier: Apache-2.0
package dev.divan.store;

import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Byte strings of any length under short keys that the caller derives from the content. A blob is
 * never changed: it is absent or whole. All methods may be called from any thread.
 */
@ConsumerType
public interface Blobs {

  /** The length in bytes of the blob under a key, or -1 if there is none. */
  long length(byte[] key);

  /**
   * Opens the blob for reading from its start, or null if there is none. The caller closes the
   * stream.
   */
  @Nullable InputStream open(byte[] key);

  /** Begins a new blob, invisible until published. */
  BlobSink create();

  /** Removes a blob; true if it was there. Streams already open stay readable. */
  boolean delete(byte[] key);

  /** The keys of all blobs. */
  Set<BlobKey> keys();

  /** A key as a value, for sets. */
  record BlobKey(byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof BlobKey key && java.util.Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(bytes);
    }
  }
}
