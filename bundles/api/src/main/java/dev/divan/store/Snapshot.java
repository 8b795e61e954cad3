// SPDX-License-Identifier: Apache-2.0
package dev.divan.store;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** A consistent view of a space. Used by one thread, during the work it was handed to. */
@ConsumerType
public interface Snapshot {

  /** The value under a key, or null. The array belongs to the caller. */
  byte @Nullable [] get(byte[] key);

  /**
   * The entries with {@code from <= key < to} in ascending order. Close it, or let the end of the
   * work close it.
   *
   * @param to exclusive; null means to the end
   */
  Cursor scan(byte[] from, byte @Nullable [] to);
}
