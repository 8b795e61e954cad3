// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.blip.BlipError;
import dev.divan.database.DocumentProvider;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.Revision;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Shows documents to the push filter, on a worker, before they are proposed. */
final class PushFilter {
  private final ActiveSession session;
  private final Topic topic;
  private final CollectionConfiguration configuration;

  PushFilter(ActiveSession session, Topic topic, CollectionConfiguration configuration) {
    this.session = session;
    this.topic = topic;
    this.configuration = configuration;
  }

  boolean isNone() {
    return configuration.getPushFilter() == null;
  }

  private record Verdicts(List<Change> passing, Map<String, Throwable> failed) {}

  /**
   * Calls back on the lane with what passes; a document on which the filter fails is reported and
   * does not pass.
   */
  void apply(List<Change> rows, Consumer<List<Change>> passing) {
    ReplicationFilter filter = configuration.getPushFilter();
    if (filter == null) {
      passing.accept(rows);
      return;
    }
    session
        .talk()
        .offLane(
            () -> ask(filter, rows),
            (verdicts, failure) -> {
              if (verdicts == null) {
                session.fail(Faults.internal(), "the push filter failed: " + failure);
                return;
              }
              verdicts.failed.forEach(this::report);
              passing.accept(verdicts.passing);
            });
  }

  private void report(String documentID, Throwable failure) {
    BlipError error = new BlipError(Faults.HTTP, 403, "the push filter failed: " + failure);
    session.counts().event(topic, true, documentID, Set.of(), Faults.fromWire(error));
  }

  private Verdicts ask(ReplicationFilter filter, List<Change> rows) {
    Verdicts verdicts = new Verdicts(new ArrayList<>(), new LinkedHashMap<>());
    for (Change change : rows) {
      Revision revision = topic.replica().read(change.documentID(), change.revID());
      // One that has changed since will come again with its new sequence.
      if (revision == null) continue;
      try {
        if (filter.filtered(
            DocumentProvider.document(
                topic.replica().collection(),
                revision.documentID(),
                revision.revID(),
                revision.sequence(),
                revision.body(),
                session.talk().database().blobs()::open),
            change.deleted() ? Set.of(DocumentFlag.DELETED) : Set.of(),
            session.peerContext())) verdicts.passing.add(change);
      } catch (RuntimeException | Error e) {
        verdicts.failed.put(change.documentID(), e);
      }
    }
    return verdicts;
  }
}
