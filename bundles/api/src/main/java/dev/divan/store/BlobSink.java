// SPDX-License-Identifier: Apache-2.0
package dev.divan.store;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the bytes of one new blob, from one thread at a time. Closing without publishing discards
 * them.
 */
@ConsumerType
public interface BlobSink extends AutoCloseable {

  void write(byte[] bytes, int offset, int length);

  /**
   * Makes the blob visible under a key of 1 to 64 bytes. When this returns the blob is durable,
   * unless the store is configured otherwise. If there already is a blob of that key this one is
   * discarded: same key, same content.
   */
  void publish(byte[] key);

  @Override
  void close();
}
