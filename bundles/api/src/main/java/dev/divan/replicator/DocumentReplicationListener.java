// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of every document, in batches. As a service it hears of all configured replicators, or of
 * those that its property {@code replicator.target} matches.
 */
@ConsumerType
@FunctionalInterface
public interface DocumentReplicationListener {
  void replicated(DocumentReplication replication);
}
