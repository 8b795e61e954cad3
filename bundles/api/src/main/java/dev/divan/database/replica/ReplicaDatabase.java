// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import dev.divan.database.Collection;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A database as a replicator sees it: {@code database.adapt(ReplicaDatabase.class)}. May be used by
 * all threads.
 */
@ProviderType
public interface ReplicaDatabase {

  /** One of its collections. */
  Replica replica(Collection collection);

  /** Checkpoints that peers keep here, and our own. */
  Checkpoints checkpoints();

  ReplicaBlobs blobs();

  /**
   * Runs the hook once when the database closes, before its store does; returns a way to take it
   * back.
   */
  dev.divan.database.ListenerToken onClose(Runnable hook);
}
