// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides a conflict found while pulling. Given to a replicator, or registered as a service with
 * the property {@code name}.
 *
 * <p>Runs on a thread of its own kind, outside any transaction, and may be called again for the
 * same conflict. It should give the same answer wherever it runs, or peers disagree for ever. What
 * it throws is reported as the document's error; the document is tried again later.
 */
@ConsumerType
@FunctionalInterface
public interface ConflictResolver {

  /**
   * The document to keep: one of the two, or another with the same ID made from both; null to
   * delete.
   */
  @Nullable Document resolve(Conflict conflict);
}
