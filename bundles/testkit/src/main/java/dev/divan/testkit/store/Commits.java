// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import dev.divan.store.BlobSink;
import dev.divan.store.Space;

/** The smallest things that are done to a space. */
final class Commits {
  private Commits() {}

  static void put(Space space, byte[] key, byte[] value) {
    space.write(
        transaction -> {
          transaction.put(key, value);
          return true;
        });
  }

  static void delete(Space space, byte[] key) {
    space.write(
        transaction -> {
          transaction.delete(key);
          return true;
        });
  }

  static void publish(Space space, byte[] key, byte[] content) {
    try (BlobSink sink = space.blobs().create()) {
      sink.write(content, 0, content.length);
      sink.publish(key);
    }
  }
}
