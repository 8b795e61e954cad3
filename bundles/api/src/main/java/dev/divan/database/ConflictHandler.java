// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Settles a save that conflicts with what another thread or peer saved meanwhile. */
@ConsumerType
@FunctionalInterface
public interface ConflictHandler {
  /**
   * @param document what shall be saved; may be changed
   * @param stored what is stored now; null if it has been deleted
   * @return true to save the document over the stored one
   */
  boolean handle(MutableDocument document, @Nullable Document stored);
}
