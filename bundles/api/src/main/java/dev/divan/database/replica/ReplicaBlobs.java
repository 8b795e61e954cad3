// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Blobs by digest, {@code sha1-} and Base64. May be used by all threads; touches the disk. */
@ProviderType
public interface ReplicaBlobs {

  /** Its length in bytes, or -1 if it is not here or the digest is not well-formed. */
  long length(String digest);

  @Nullable InputStream open(String digest);

  /** Begins to receive a blob whose digest is known beforehand. */
  Receipt receive(String digest);

  /** A blob coming in; one thread at a time. Closing before it is finished discards it. */
  @ProviderType
  interface Receipt extends AutoCloseable {
    void write(byte[] bytes, int offset, int length);

    /**
     * Makes it visible if the bytes have the digest; false, and nothing is kept, if not. Durable on
     * return.
     */
    boolean finish();

    @Override
    void close();
  }
}
