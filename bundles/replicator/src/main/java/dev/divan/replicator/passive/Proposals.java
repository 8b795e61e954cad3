// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.blip.BlipError;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Properties;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Proposal;
import dev.divan.database.replica.Resolution;
import dev.divan.database.replica.Revision;
import dev.divan.database.replica.Verdict;
import dev.divan.replicator.conversation.BlobIntake;
import dev.divan.replicator.conversation.Intake;
import dev.divan.replicator.conversation.Intake.Arrival;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import dev.divan.replicator.wire.Rows;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pushing client proposes for one collection, and the revisions that follow. Only what was
 * proposed and accepted may come, once; a conflict is the client's to solve. What has been accepted
 * is stored, as long as our revision is still the one that was judged.
 */
final class Proposals implements Intake.Stance {

  /** Rows accepted whose revisions have not come yet; a client has 600 at most. */
  private static final int MAX_ACCEPTED = 50_000;

  /** Revisions that did not pass the filter and may come once more; older ones are forgotten. */
  private static final int MAX_ONCE_MORE = 1000;

  private final Talk talk;
  private final Topic topic;
  private final PassiveCounts counts;
  private final Received received;
  private final boolean deltaSync;
  private final Intake intake;
  private final Inspection inspection;

  /**
   * A revision that may come.
   *
   * @param after our revision that it was accepted to follow; "" for none
   * @param again whether it has come before and did not pass
   */
  private record Accepted(String after, boolean again) {}

  private final Map<String, Accepted> accepted = new HashMap<>();

  /** Those that may come once more without being proposed again, as clients do. */
  private final Map<String, Accepted> onceMore =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Accepted> eldest) {
          return size() > MAX_ONCE_MORE;
        }
      };

  private boolean saidDeltas;

  Proposals(
      Talk talk,
      Topic topic,
      BlobIntake blobs,
      PassiveCounts counts,
      Received received,
      DocumentGate gate,
      boolean deltaSync) {
    this.talk = talk;
    this.topic = topic;
    this.counts = counts;
    this.received = received;
    this.deltaSync = deltaSync;
    this.intake = new Intake(talk, topic, blobs, this, null);
    this.inspection = new Inspection(talk, gate, intake);
  }

  void propose(IncomingRequest request) {
    List<Proposal> proposals;
    try {
      proposals = Rows.proposed(request.body());
    } catch (Rows.MalformedException e) {
      request.fail(e.notAList ? Faults.invalidJsonBody() : Faults.invalidRow());
      return;
    }
    if (proposals.isEmpty()) {
      request.respond(Properties.EMPTY, Rows.empty());
      return;
    }
    if (accepted.size() + proposals.size() > MAX_ACCEPTED) {
      request.fail(Faults.busy("too many proposals without revisions"));
      return;
    }
    List<Verdict> verdicts = topic.replica().judge(proposals);
    for (int i = 0; i < verdicts.size(); i++)
      if (verdicts.get(i).kind() == Verdict.Kind.WELCOME) {
        String current = verdicts.get(i).currentRevID();
        accepted.put(
            key(proposals.get(i).documentID(), proposals.get(i).revID()),
            new Accepted(current == null ? "" : current, false));
      }
    Properties.Builder answer =
        Properties.builder().put("maxHistory", Profile.MAX_HISTORY).put("blobs", true);
    if (deltaSync && !saidDeltas) {
      saidDeltas = true;
      answer.put("deltas", true);
    }
    talk.answer(
        request,
        answer.build(),
        Rows.judge(verdicts, request.properties().flag("conflictIncludesRev")));
  }

  void revision(IncomingRequest request) {
    intake.revision(request);
  }

  private static String key(String documentID, String revID) {
    return revID + ' ' + documentID;
  }

  @Override
  public @Nullable BlipError expect(Arrival arrival, Properties properties) {
    if (arrival.documentID().isEmpty()) return Faults.invalidDocumentId();
    if (arrival.revID().isEmpty()) return Faults.invalidVersionId();
    String key = key(arrival.documentID(), arrival.revID());
    Accepted known = accepted.remove(key);
    Accepted before = onceMore.remove(key);
    arrival.token = known == null ? before : known;
    return arrival.token == null ? Faults.unannounced() : null;
  }

  @Override
  public void examine(Arrival arrival) {
    inspection.of(arrival);
  }

  /** Only a server may take access away, and this peer is the server here. */
  @Override
  public void removed(Arrival arrival) {
    intake.fail(arrival, Faults.accessRemoved());
  }

  /**
   * Its history does not reach our revision: because it is cut off, or begins anew after a
   * deletion. If it was accepted to follow just this revision, it does.
   */
  @Override
  public void conflict(Arrival arrival, Revision local) {
    if (!(arrival.token instanceof Accepted known) || !local.revID().equals(known.after)) {
      intake.fail(arrival, Faults.conflict());
      return;
    }
    talk.afterwards(
        topic.replica().resolve(arrival.revision(), local.revID(), new Resolution.RemoteWins()),
        (outcome, failure) -> {
          if (outcome == null) intake.fail(arrival, Faults.busy("the database cannot store now"));
          else if (outcome instanceof Outcome.Conflicting) intake.fail(arrival, Faults.conflict());
          else intake.became(arrival, outcome);
        });
  }

  @Override
  public void settled(Arrival arrival, @Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Stored) {
      counts.received();
      received.add(arrival.documentID(), arrival.revID());
    }
  }

  @Override
  public void failed(Arrival arrival, BlipError error) {
    if (!(arrival.token instanceof Accepted known)) return;
    String key = key(arrival.documentID(), arrival.revID());
    // A client that sent a delta sends the whole document next, without proposing it again.
    if (error.is(Faults.HTTP, 422)) accepted.put(key, known);
    // One that is told that it may not sends the same once more.
    else if (error.is(Faults.HTTP, 403) && !known.again)
      onceMore.put(key, new Accepted(known.after, true));
  }
}
