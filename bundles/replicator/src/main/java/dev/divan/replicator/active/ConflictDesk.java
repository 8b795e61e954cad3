// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.blip.BlipError;
import dev.divan.database.Conflict;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Document;
import dev.divan.database.DocumentProvider;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Resolution;
import dev.divan.database.replica.Revision;
import dev.divan.json.Body;
import dev.divan.replicator.conversation.Intake;
import dev.divan.replicator.conversation.Intake.Arrival;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles conflicts found while pulling: asks the resolver, on a worker, and has the database make
 * the result the successor of the remote revision. If the document changed meanwhile it asks again.
 */
final class ConflictDesk {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.conflict");

  /** How often a document may change under the resolver before we leave it for the next time. */
  private static final int MAX_ROUNDS = 10;

  private final ActiveSession session;
  private final Topic topic;
  private final Rules rules;
  private final Intake intake;

  ConflictDesk(ActiveSession session, Topic topic, Rules rules, Intake intake) {
    this.session = session;
    this.topic = topic;
    this.rules = rules;
    this.intake = intake;
  }

  void settle(Arrival arrival, Revision local, int round) {
    if (round > MAX_ROUNDS) {
      intake.fail(
          arrival, Faults.busy("the document keeps changing while its conflict is resolved"));
      return;
    }
    rules.ask(
        now -> resolution(now.getConflictResolver(), arrival, local),
        (resolution, failure) -> {
          if (failure != null || resolution == null)
            intake.fail(
                arrival,
                new BlipError(Faults.HTTP, 503, "the conflict resolver failed: " + failure));
          else apply(arrival, local, resolution, round);
        });
  }

  private void apply(Arrival arrival, Revision local, Resolution resolution, int round) {
    session
        .talk()
        .afterwards(
            topic.replica().resolve(arrival.revision(), local.revID(), resolution),
            (outcome, failure) -> {
              if (outcome instanceof Outcome.Conflicting changed)
                settle(arrival, changed.local(), round + 1);
              else if (outcome != null) {
                LOG.info(
                    "conflict of {} in {}: local {}, remote {}, {}",
                    arrival.documentID(),
                    topic.replica().collection().getFullName(),
                    local.revID(),
                    arrival.revID(),
                    resolution instanceof Resolution.RemoteWins ? "remote wins" : "resolved");
                intake.became(arrival, outcome);
              } else intake.fail(arrival, Faults.busy("the database cannot store now"));
            });
  }

  private Resolution resolution(
      @Nullable ConflictResolver resolver, Arrival arrival, Revision local) {
    // Where both are gone there is nothing to ask about.
    if (resolver == null || local.deleted() && arrival.deleted())
      return DefaultRule.remoteWins(
              local.revID(), local.deleted(), arrival.revID(), arrival.deleted())
          ? new Resolution.RemoteWins()
          : new Resolution.Merged(Body.examine(local.body()), local.deleted());
    Document remote = arrival.deleted() ? null : remoteDocument(arrival);
    Document mine =
        local.deleted() ? null : document(local.documentID(), local.revID(), local.body());
    Document kept =
        resolver.resolve(
            new Conflict(
                topic.replica().collection(),
                arrival.documentID(),
                mine,
                remote,
                session.peerContext().id()));
    if (kept == null)
      return arrival.deleted()
          ? new Resolution.RemoteWins()
          : new Resolution.Merged(Body.EMPTY, true);
    if (!kept.getId().equals(arrival.documentID()))
      throw new IllegalArgumentException("the resolver returned another document: " + kept.getId());
    if (kept == remote) return new Resolution.RemoteWins();
    return new Resolution.Merged(content(kept), false);
  }

  private Body content(Document kept) {
    for (dev.divan.database.Blob blob : DocumentProvider.newBlobs(kept))
      topic.replica().collection().getDatabase().saveBlob(blob);
    return Body.examine(DocumentProvider.json(kept));
  }

  Document remoteDocument(Arrival arrival) {
    return document(arrival.documentID(), arrival.revID(), arrival.body().json());
  }

  private Document document(String id, String revID, byte[] json) {
    return DocumentProvider.document(
        topic.replica().collection(), id, revID, 0, json, blobSource());
  }

  private dev.divan.database.@Nullable BlobSource blobSource() {
    return session.talk().database().blobs()::open;
  }
}
