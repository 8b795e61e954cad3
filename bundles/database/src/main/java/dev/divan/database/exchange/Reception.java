// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.exchange;

import dev.divan.database.blob.LocalBlobs;
import dev.divan.database.record.Record;
import dev.divan.database.replica.IncomingRevision;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Outcome.Conflicting;
import dev.divan.database.replica.Outcome.Fault;
import dev.divan.database.replica.Outcome.Known;
import dev.divan.database.replica.Outcome.Refused;
import dev.divan.database.replica.Outcome.Stored;
import dev.divan.database.replica.Resolution;
import dev.divan.database.revision.RevID;
import dev.divan.database.revision.Succession;
import dev.divan.database.revision.Succession.Relation;
import dev.divan.database.table.About;
import dev.divan.database.table.DocumentTable;
import dev.divan.database.table.Writing;
import dev.divan.json.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives revisions, one after the other, within one transaction. */
final class Reception {
  private final DocumentTable table;
  private final LocalBlobs blobs;
  private final Writing writing;

  // Revisions of one batch mostly come from one peer.
  private @Nullable String peerName;
  private long peerNumber;

  Reception(DocumentTable table, LocalBlobs blobs, Writing writing) {
    this.table = table;
    this.blobs = blobs;
    this.writing = writing;
  }

  /** Stores it if it follows what is here. */
  Outcome receive(Arrival arrival) {
    if (arrival.refusal != null) {
      return arrival.refusal;
    }
    IncomingRevision incoming = arrival.incoming;
    Record current = table.get(writing.transaction(), arrival.idBytes);
    if (current == null) {
      return store(arrival, null, arrival.revID(), limited(arrival.history), incoming);
    }
    long peer = peer(incoming.peer());
    List<RevID> ancestors = current.history();
    Relation relation =
        Succession.of(
            current.revID(),
            ancestors,
            current.deleted(),
            arrival.revID(),
            arrival.history,
            incoming.deleted(),
            table.held(writing.transaction(), arrival.idBytes, peer));
    switch (relation) {
      case KNOWN -> {
        hold(arrival, peer, arrival.revID());
        return new Known();
      }
      case CONFLICTS -> {
        return new Conflicting(LocalReplica.revision(incoming.documentID(), current));
      }
      default -> {
        List<RevID> history = Succession.joined(arrival.history, current.revID(), ancestors);
        return store(arrival, current, arrival.revID(), history, incoming);
      }
    }
  }

  /** Settles a conflict, if it is still the one that was decided. */
  Outcome resolve(Arrival arrival, String localRevID, Resolution resolution) {
    Record current =
        arrival.refusal != null ? null : table.get(writing.transaction(), arrival.idBytes);
    if (current == null || !current.revID().toString().equals(localRevID)) {
      return receive(arrival);
    }
    IncomingRevision incoming = arrival.incoming;
    if (resolution instanceof Resolution.Merged merged) {
      RevID remote = arrival.revID();
      byte[] canonical = RevID.canonical(merged.body().json());
      RevID next = RevID.generate(remote, merged.deleted(), canonical);
      List<RevID> history = Succession.child(List.of(remote), arrival.history);
      return store(
          arrival, current, next, history, merged.deleted(), merged.body(), incoming.peer());
    }
    return store(arrival, current, arrival.revID(), limited(arrival.history), incoming);
  }

  private static List<RevID> limited(List<RevID> history) {
    return history.size() <= Succession.MAX_HISTORY
        ? history
        : history.subList(0, Succession.MAX_HISTORY);
  }

  private Outcome store(
      Arrival arrival,
      @Nullable Record current,
      RevID revID,
      List<RevID> history,
      IncomingRevision incoming) {
    return store(
        arrival, current, revID, history, incoming.deleted(), incoming.body(), incoming.peer());
  }

  private Outcome store(
      Arrival arrival,
      @Nullable Record current,
      RevID revID,
      List<RevID> history,
      boolean deleted,
      Body body,
      @Nullable String peer) {
    String missing = blobs.missing(body.blobs());
    if (missing != null) {
      return new Refused(Fault.BLOB_MISSING, "the bytes of this blob are not here: " + missing);
    }
    long sequence =
        table.put(
            writing,
            arrival.incoming.documentID(),
            arrival.idBytes,
            current,
            revID,
            history,
            deleted,
            !body.blobs().isEmpty(),
            body.json());
    hold(arrival, peer(peer), arrival.revID());
    return new Stored(sequence);
  }

  private void hold(Arrival arrival, long peer, RevID revID) {
    if (peer != 0) {
      table.hold(writing, arrival.idBytes, peer, revID);
    }
  }

  private long peer(@Nullable String name) {
    if (name == null) {
      return 0;
    }
    if (!name.equals(peerName)) {
      peerNumber = About.peerOrNew(writing.transaction(), name);
      peerName = name;
    }
    return peerNumber;
  }
}
