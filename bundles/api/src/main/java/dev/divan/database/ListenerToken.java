// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

/** Ends a subscription. Idempotent; a call already under way may still arrive. */
public interface ListenerToken extends AutoCloseable {
  void remove();

  @Override
  default void close() {
    remove();
  }
}
