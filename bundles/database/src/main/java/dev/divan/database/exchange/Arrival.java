// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.exchange;

import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.replica.IncomingRevision;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Outcome.Fault;
import dev.divan.database.replica.Outcome.Refused;
import dev.divan.database.revision.RevID;
import dev.divan.database.revision.Succession;
import dev.divan.database.table.DocumentIDs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An incoming revision whose parts have been parsed, or that is refused for them. */
final class Arrival {
  final IncomingRevision incoming;
  final byte[] idBytes;
  final @Nullable RevID revID;
  final List<RevID> history;
  final @Nullable Outcome refusal;

  private Arrival(
      IncomingRevision incoming,
      @Nullable RevID revID,
      List<RevID> history,
      @Nullable Outcome refusal) {
    this.incoming = incoming;
    this.idBytes = CollectionKeys.bytes(incoming.documentID());
    this.revID = revID;
    this.history = history;
    this.refusal = refusal;
  }

  static Arrival of(IncomingRevision incoming) {
    if (!DocumentIDs.valid(incoming.documentID())) {
      return refused(incoming, Fault.BAD_DOCUMENT_ID, "the document ID is not valid");
    }
    RevID revID = RevID.parse(incoming.revID());
    if (revID == null) {
      return refused(incoming, Fault.BAD_REVISION_ID, "the revision ID is not valid");
    }
    List<RevID> history = history(incoming.history());
    if (history == null || !Succession.sequential(revID, history)) {
      return refused(incoming, Fault.BAD_HISTORY, "the revision history is not sequential");
    }
    return new Arrival(incoming, revID, history, null);
  }

  private static Arrival refused(IncomingRevision incoming, Fault fault, String text) {
    return new Arrival(incoming, null, List.of(), new Refused(fault, text));
  }

  private static @Nullable List<RevID> history(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<RevID> history = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      RevID ancestor = RevID.parse(texts.get(i));
      if (ancestor == null) {
        return null;
      }
      history.add(ancestor);
    }
    return history;
  }

  RevID revID() {
    RevID parsed = revID;
    if (parsed == null) {
      throw new IllegalStateException("it was refused");
    }
    return parsed;
  }
}
