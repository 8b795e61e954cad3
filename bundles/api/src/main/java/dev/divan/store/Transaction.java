// SPDX-License-Identifier: Apache-2.0
package dev.divan.store;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A snapshot that can be written to; reads see this transaction's own writes. A cursor opened
 * before a write may or may not show it.
 */
@ConsumerType
public interface Transaction extends Snapshot {

  /** Sets the value of a key. The store does not keep the arrays: the caller may reuse them. */
  void put(byte[] key, byte[] value);

  /** Removes a key; does nothing if it is not there. */
  void delete(byte[] key);
}
