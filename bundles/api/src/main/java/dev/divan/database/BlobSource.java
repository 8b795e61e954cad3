// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the bytes of stored blobs are read from. Provided by the database; may be used by all
 * threads.
 */
@ProviderType
@FunctionalInterface
public interface BlobSource {

  /**
   * The bytes of a blob, from the start, or null if they are not here. The caller closes the
   * stream.
   */
  @Nullable InputStream open(String digest);
}
