// SPDX-License-Identifier: Apache-2.0
package dev.divan.store;

import org.osgi.annotation.versioning.ConsumerType;

/** Walks entries in key order. Starts before the first; not for use by several threads. */
@ConsumerType
public interface Cursor extends AutoCloseable {

  /** Steps to the next entry; false when there is none. */
  boolean next();

  /** The key of the current entry; the array belongs to the caller. */
  byte[] key();

  /** The value of the current entry; the array belongs to the caller. */
  byte[] value();

  @Override
  void close();
}
