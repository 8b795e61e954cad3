// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.exchange;

import dev.divan.database.Collection;
import dev.divan.database.ListenerToken;
import dev.divan.database.local.LocalCollection;
import dev.divan.database.local.LocalDatabase;
import dev.divan.database.replica.Checkpoints;
import dev.divan.database.replica.Replica;
import dev.divan.database.replica.ReplicaBlobs;
import dev.divan.database.replica.ReplicaDatabase;

/** A database for replicators. */
public final class LocalReplicaDatabase implements ReplicaDatabase {
  private final LocalDatabase database;
  private final Checkpoints checkpoints;

  public LocalReplicaDatabase(LocalDatabase database) {
    this.database = database;
    this.checkpoints = new LocalCheckpoints(database);
  }

  @Override
  public Replica replica(Collection collection) {
    if (!(collection instanceof LocalCollection own) || own.getDatabase() != database) {
      throw new IllegalArgumentException(
          "not a collection of " + database.getName() + ": " + collection.getFullName());
    }
    return new LocalReplica(database, own);
  }

  @Override
  public Checkpoints checkpoints() {
    return checkpoints;
  }

  @Override
  public ReplicaBlobs blobs() {
    return database.localBlobs();
  }

  @Override
  public ListenerToken onClose(Runnable hook) {
    return database.onClose(hook);
  }
}
