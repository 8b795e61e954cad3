// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.blip.BlipError;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Properties;
import dev.divan.blip.Reply;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.DocumentRevision;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Revision;
import dev.divan.database.replica.Wanted;
import dev.divan.json.Json;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.checkpoint.RemoteSequences;
import dev.divan.replicator.conversation.Intake;
import dev.divan.replicator.conversation.Intake.Arrival;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import dev.divan.replicator.wire.Rows;
import dev.divan.replicator.wire.Rows.Announced;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pull half of one collection: subscribes, says which announced revisions it wants, takes them
 * in, and knows up to which of the peer's sequences everything is here.
 */
final class Pull implements Intake.Stance {

  /**
   * Revisions asked for and not yet settled, above which the next list of changes waits for its
   * answer.
   */
  private static final int MAX_EXPECTED = 1200;

  /** Bytes of them, as announced. */
  private static final long MAX_EXPECTED_BYTES = 16 << 20;

  private final ActiveSession session;
  private final Talk talk;
  private final Topic topic;
  private final Rules rules;
  private final RemoteSequences sequences;
  private final Intake intake;
  private final ConflictDesk conflicts;
  private final Map<String, Expected> expected = new HashMap<>();
  private final ArrayDeque<Runnable> heldBack = new ArrayDeque<>();
  private long expectedBytes;
  private boolean caughtUp;
  private boolean saidDeltas;

  /** A revision asked for. */
  private record Expected(RemoteSequences.Row row, long size) {}

  Pull(ActiveSession session, Topic topic, Rules rules, RemoteSequences sequences) {
    this.session = session;
    this.talk = session.talk();
    this.topic = topic;
    this.rules = rules;
    this.sequences = sequences;
    this.intake = new Intake(talk, topic, session.blobs(), this, session.peerKey());
    this.conflicts = new ConflictDesk(session, topic, rules, intake);
  }

  void begin() {
    talk.ledger().open(Item.CATCHING_UP);
    Properties.Builder properties = topic.message(Profile.SUB_CHANGES);
    if (sequences.mark() != null) properties.put("since", sequences.mark());
    if (session.configuration().isContinuous()) properties.put("continuous", true);
    properties.put("batch", Profile.ROWS).put("versioning", "rev-trees");
    if (sequences.mark() == null && topic.replica().lastSequence() == 0)
      properties.put("activeOnly", true);
    if (session.configuration().isAutoPurge()) properties.put("revocations", true);
    List<String> channels = rules.now().getChannels();
    if (!channels.isEmpty())
      properties
          .put("filter", "sync_gateway/bychannel")
          .put("channels", String.join(",", channels));
    List<String> ids = rules.now().getDocumentIDs();
    byte[] body = ids.isEmpty() ? new byte[0] : Json.print(Map.of("docIDs", ids));
    talk.ask(
        properties.build(),
        body,
        false,
        new Reply() {
          @Override
          public void onReply(Properties answer, byte[] nothing) {}

          @Override
          public void onError(BlipError error) {
            if (!error.isClosed()) session.fail(error, "the peer refuses to be pulled from");
          }
        });
  }

  @Nullable String mark() {
    return sequences.mark();
  }

  /** Whether the peer has told all there was; what it told may still be on its way. */
  boolean isCaughtUp() {
    return caughtUp && heldBack.isEmpty();
  }

  // Lists of changes.

  void changes(IncomingRequest request) {
    List<Announced> rows;
    try {
      rows = Rows.announced(request.body());
    } catch (Rows.MalformedException e) {
      request.fail(e.notAList ? Faults.invalidJsonBody() : Faults.invalidRow());
      session.fail(
          e.notAList ? Faults.invalidJsonBody() : Faults.invalidRow(),
          "the peer sent a list of changes that cannot be read");
      return;
    }
    if (rows.isEmpty()) {
      request.respond();
      caughtUp();
      return;
    }
    List<RemoteSequences.Row> places = new ArrayList<>(rows.size());
    for (Announced row : rows) places.add(sequences.announced(row.sequence()));
    talk.ledger().open(Item.ANNOUNCED);
    if (isFull()) heldBack.add(() -> answer(request, rows, places));
    else answer(request, rows, places);
  }

  private void caughtUp() {
    if (caughtUp) return;
    caughtUp = true;
    talk.ledger().close(Item.CATCHING_UP);
    session.progressed();
  }

  private boolean isFull() {
    return expected.size() > MAX_EXPECTED || expectedBytes > MAX_EXPECTED_BYTES;
  }

  private void answer(
      IncomingRequest request, List<Announced> rows, List<RemoteSequences.Row> places) {
    List<DocumentRevision> announced = new ArrayList<>(rows.size());
    for (Announced row : rows) announced.add(new DocumentRevision(row.documentID(), row.revID()));
    List<Wanted> answers = topic.replica().find(announced);
    List<String> withdrawn = new ArrayList<>();
    int wanted = 0;
    for (int i = 0; i < rows.size(); i++) {
      Announced row = rows.get(i);
      if (row.removes()) {
        withdrawn.add(row.documentID());
        answers = refusing(answers, i);
      } else if (answers.get(i).wanted()) {
        String key = key(row.documentID(), row.revID());
        Expected before = expected.put(key, new Expected(places.get(i), row.bodySize()));
        if (before != null) settle(before);
        else talk.ledger().open(Item.EXPECTED);
        expectedBytes += row.bodySize();
        wanted++;
      } else {
        sequences.settle(places.get(i));
        session.peerHolds(topic, announced.get(i));
      }
    }
    session.counts().announced(wanted);
    Properties.Builder properties =
        Properties.builder().put("maxHistory", Profile.MAX_HISTORY).put("blobs", true);
    if (!saidDeltas && session.acceptsDeltas()) {
      saidDeltas = true;
      properties.put("deltas", true);
    }
    talk.answer(request, properties.build(), Rows.want(answers));
    talk.ledger().close(Item.ANNOUNCED);
    if (!withdrawn.isEmpty()) withdraw(rows, places, withdrawn);
    session.progressed();
  }

  private static List<Wanted> refusing(List<Wanted> answers, int index) {
    List<Wanted> copy = new ArrayList<>(answers);
    copy.set(index, new Wanted(false, false, List.of()));
    return copy;
  }

  /** The peer has withdrawn documents from us: they are forgotten, if that is wished. */
  private void withdraw(
      List<Announced> rows, List<RemoteSequences.Row> places, List<String> documentIDs) {
    talk.ledger().open(Item.RECEIVED);
    talk.afterwards(
        session.configuration().isAutoPurge()
            ? topic.replica().purge(documentIDs)
            : java.util.concurrent.CompletableFuture.completedStage(null),
        (nothing, failure) -> {
          talk.ledger().close(Item.RECEIVED);
          for (int i = 0; i < rows.size(); i++)
            if (rows.get(i).removes() && failure == null) {
              sequences.settle(places.get(i));
              session
                  .counts()
                  .event(
                      topic,
                      false,
                      rows.get(i).documentID(),
                      Set.of(DocumentFlag.ACCESS_REMOVED),
                      null);
            }
          session.progressed();
        });
  }

  // Revisions.

  void revision(IncomingRequest request) {
    intake.revision(request);
  }

  /** The peer cannot deliver a revision we asked for. */
  void norev(IncomingRequest request) {
    Properties properties = request.properties();
    String documentID = properties.get("id");
    String revID = properties.get("rev");
    request.respond();
    if (documentID == null || revID == null) return;
    Expected row = expected.remove(key(documentID, revID));
    if (row == null) return;
    talk.ledger().close(Item.EXPECTED);
    settle(row);
    int status = (int) properties.number("error", 404);
    session
        .counts()
        .document(
            topic,
            false,
            documentID,
            Set.of(),
            Faults.fromWire(
                new BlipError(Faults.HTTP, status, "the revision cannot be had any more")));
    roomAgain();
    session.progressed();
  }

  private static String key(String documentID, String revID) {
    return revID + ' ' + documentID;
  }

  private void settle(Expected row) {
    expectedBytes -= row.size;
    sequences.settle(row.row);
  }

  @Override
  public @Nullable BlipError expect(Arrival arrival, Properties properties) {
    if (arrival.documentID().isEmpty()) return Faults.invalidDocumentId();
    if (arrival.revID().isEmpty()) return Faults.invalidVersionId();
    Expected row = expected.remove(key(arrival.documentID(), arrival.revID()));
    String replaced = properties.nonEmpty("replacedRev");
    if (row == null && replaced != null) row = expected.remove(key(arrival.documentID(), replaced));
    if (row == null) return Faults.unannounced();
    talk.ledger().close(Item.EXPECTED);
    arrival.token = row;
    return properties.nonEmpty("sequence") == null ? Faults.missingSequence() : null;
  }

  @Override
  public void examine(Arrival arrival) {
    if (rules.now().getPullFilter() == null) {
      intake.admit(arrival);
      return;
    }
    rules.ask(
        now -> {
          ReplicationFilter filter = now.getPullFilter();
          return filter == null
              || filter.filtered(
                  conflicts.remoteDocument(arrival), flags(arrival), session.peerContext());
        },
        (passes, failure) -> {
          if (failure != null)
            intake.fail(
                arrival, new BlipError(Faults.HTTP, 403, "the pull filter failed: " + failure));
          else if (passes) intake.admit(arrival);
          else intake.pass(arrival);
        });
  }

  static Set<DocumentFlag> flags(Arrival arrival) {
    Set<DocumentFlag> flags = EnumSet.noneOf(DocumentFlag.class);
    if (arrival.deleted()) flags.add(DocumentFlag.DELETED);
    if (arrival.conflicted()) flags.add(DocumentFlag.CONFLICT);
    return flags;
  }

  @Override
  public void removed(Arrival arrival) {
    talk.afterwards(
        session.configuration().isAutoPurge()
            ? topic.replica().purge(List.of(arrival.documentID()))
            : java.util.concurrent.CompletableFuture.completedStage(null),
        (nothing, failure) -> {
          if (failure != null) {
            intake.fail(arrival, Faults.busy("the database cannot purge now"));
            return;
          }
          session
              .counts()
              .event(topic, false, arrival.documentID(), Set.of(DocumentFlag.ACCESS_REMOVED), null);
          intake.pass(arrival);
        });
  }

  @Override
  public void conflict(Arrival arrival, Revision local) {
    Change now = topic.replica().change(arrival.documentID(), session.peerKey());
    if (now != null && arrival.revID().equals(now.peerRevision())) {
      // We had it before, and have edited so often since that our history has forgotten it.
      intake.became(arrival, new Outcome.Known());
      return;
    }
    conflicts.settle(arrival, local, 1);
  }

  @Override
  public void settled(Arrival arrival, @Nullable Outcome outcome) {
    done(arrival);
    if (outcome == null) session.counts().done();
    else {
      session.counts().document(topic, false, arrival.documentID(), flags(arrival), null);
      session.pulled(topic, arrival.documentID());
    }
    session.progressed();
  }

  @Override
  public void failed(Arrival arrival, BlipError error) {
    if (error.is(Faults.HTTP, 422) && arrival.token instanceof Expected row) {
      // A delta we cannot use: the whole document comes next, without being announced again.
      expected.put(key(arrival.documentID(), arrival.revID()), row);
      talk.ledger().open(Item.EXPECTED);
      return;
    }
    // What may work next time stays open, so that the checkpoint does not pass it.
    if (Faults.isTransientStatus(error.code()) && error.domain().equals(Faults.HTTP)) {
      session.incomplete();
      expectedBytes -= arrival.token instanceof Expected row ? row.size : 0;
    } else done(arrival);
    session
        .counts()
        .document(topic, false, arrival.documentID(), flags(arrival), Faults.fromWire(error));
    roomAgain();
    session.progressed();
  }

  private void done(Arrival arrival) {
    if (arrival.token instanceof Expected row) settle(row);
    roomAgain();
  }

  private void roomAgain() {
    while (!heldBack.isEmpty() && !isFull()) heldBack.poll().run();
  }
}
