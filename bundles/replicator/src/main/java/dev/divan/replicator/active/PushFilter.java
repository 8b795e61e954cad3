// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.blip.BlipError;
import dev.divan.database.replica.Change;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.conversation.Screening;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows documents to the push filter, on a worker, before they are proposed. */
final class PushFilter {
  private final ActiveSession session;
  private final Topic topic;
  private final Rules rules;
  private final Screening screening;

  PushFilter(ActiveSession session, Topic topic, Rules rules) {
    this.session = session;
    this.topic = topic;
    this.rules = rules;
    this.screening = new Screening(session.talk().database(), topic, session.peerContext());
  }

  boolean isNone() {
    return rules.now().getPushFilter() == null;
  }

  /**
   * Calls back on the lane with what passes; a document on which the filter fails is reported and
   * does not pass.
   */
  void apply(List<Change> rows, Consumer<List<Change>> passing) {
    rules.ask(
        now -> ask(now.getPushFilter(), rows),
        (verdicts, failure) -> {
          if (verdicts == null) {
            session.fail(Faults.internal(), "the push filter failed: " + failure);
            return;
          }
          verdicts.failed().forEach(this::report);
          passing.accept(verdicts.passing());
        });
  }

  private Screening.Result<Change> ask(@Nullable ReplicationFilter filter, List<Change> rows) {
    return filter == null
        ? new Screening.Result<>(rows, Map.of())
        : screening.outgoing(filter, rows);
  }

  private void report(Change change, Throwable failure) {
    BlipError error = new BlipError(Faults.HTTP, 403, "the push filter failed: " + failure);
    session.counts().event(topic, true, change.documentID(), Set.of(), Faults.fromWire(error));
  }
}
