// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of every document, in batches. */
@ConsumerType
@FunctionalInterface
public interface DocumentReplicationListener {
  void replicated(DocumentReplication replication);
}
