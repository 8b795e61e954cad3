// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.database.Collection;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.Replica;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.checkpoint.CheckpointState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Which documents the peer has not got yet, as far as this side knows: read from the database and
 * the saved checkpoint, whether or not there is a connection. From any thread.
 */
final class PendingDocuments {
  private static final int PAGE = 1000;

  private final Supplier<ReplicatorConfiguration> inForce;
  private final UUID databaseId;
  private final ReplicaDatabase database;

  PendingDocuments(
      Supplier<ReplicatorConfiguration> inForce, UUID databaseId, ReplicaDatabase database) {
    this.inForce = inForce;
    this.databaseId = databaseId;
    this.database = database;
  }

  Set<String> of(Collection collection) {
    Set<String> pending = new LinkedHashSet<>();
    ReplicatorConfiguration configuration = inForce.get();
    CollectionConfiguration configured = configured(configuration, collection);
    if (!configuration.getType().pushes()) return pending;
    CheckpointState saved =
        Checkpointer.local(
            database.checkpoints(), PeerKey.checkpointId(databaseId, configuration, configured));
    Replica replica = database.replica(collection);
    String peer = PeerKey.of(configuration);
    long since = saved == null ? 0 : saved.local().settled();
    for (List<Change> page; !(page = replica.changes(since, PAGE, peer)).isEmpty(); ) {
      since = page.get(page.size() - 1).sequence();
      for (Change change : page)
        if (!change.revID().equals(change.peerRevision())
            && (saved == null || !saved.local().contains(change.sequence()))
            && (configured.getDocumentIDs().isEmpty()
                || configured.getDocumentIDs().contains(change.documentID())))
          pending.add(change.documentID());
    }
    return pending;
  }

  boolean contains(String documentID, Collection collection) {
    Change change = database.replica(collection).change(documentID, PeerKey.of(inForce.get()));
    if (change == null || change.revID().equals(change.peerRevision())) return false;
    return of(collection).contains(documentID);
  }

  private static CollectionConfiguration configured(
      ReplicatorConfiguration configuration, Collection collection) {
    for (CollectionConfiguration each : configuration.getCollections())
      if (each.getCollection().getFullName().equals(collection.getFullName())) return each;
    throw new IllegalArgumentException(
        "this replicator does not replicate " + collection.getFullName());
  }
}
