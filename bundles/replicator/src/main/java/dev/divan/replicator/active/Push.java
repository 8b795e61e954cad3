// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.blip.BlipError;
import dev.divan.blip.Properties;
import dev.divan.blip.Reply;
import dev.divan.database.ListenerToken;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.DocumentRevision;
import dev.divan.database.replica.Revision;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.checkpoint.SequenceSet;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.conversation.Outlet;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import dev.divan.replicator.wire.Rows;
import dev.divan.replicator.wire.Rows.Judgement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The push half of one collection: reads what has changed, proposes it, sends what the peer wants,
 * and knows which sequences are settled. A document is under way once at a time; a later edit waits
 * until the earlier is answered.
 */
final class Push implements Outlet.Outcomes {

  /** Revisions accepted and not yet sent, above which nothing more is proposed. */
  private static final int MAX_BACKLOG = 1000;

  /**
   * Answered revisions that are remembered in one commit while more are under way; trades the
   * number of commits for what is proposed again, in vain, after a crash.
   */
  private static final int ENOUGH_ACKNOWLEDGED = 500;

  private final ActiveSession session;
  private final Talk talk;
  private final Topic topic;
  private final PushFilter filter;
  private final @Nullable Set<String> documentIDs;
  private final SequenceSet local;
  private final Outlet outlet;
  private final @Nullable ListenerToken hook;

  /** Documents under way, with the sequence that their settling settles. */
  private final Map<String, Long> underWay = new HashMap<>();

  /** Documents that changed again while under way, with their latest sequence. */
  private final Map<String, Long> heldBack = new LinkedHashMap<>();

  /** Documents the peer holds otherwise; the pull half will bring its revision. */
  private final Map<String, Long> conflicting = new HashMap<>();

  /** Refused once for lack of rights: tried once more. */
  private final Set<String> triedAgain = new HashSet<>();

  private final List<DocumentRevision> acknowledged = new ArrayList<>();
  private final List<String> again = new ArrayList<>();
  private final ArrayDeque<Long> reread = new ArrayDeque<>();
  private long target = Long.MAX_VALUE;
  private int unanswered;
  private boolean reading;
  private boolean scheduled;
  private boolean acknowledging;
  private boolean atEnd;

  Push(ActiveSession session, Topic topic, Rules rules, SequenceSet local) {
    this.session = session;
    this.talk = session.talk();
    this.topic = topic;
    this.filter = new PushFilter(session, topic, rules);
    List<String> ids = rules.now().getDocumentIDs();
    this.documentIDs = ids.isEmpty() ? null : Set.copyOf(ids);
    this.local = local;
    this.outlet = new Outlet(talk, topic, this, true);
    this.hook =
        session.configuration().isContinuous()
            ? topic.replica().onCommit(() -> talk.lane().execute(this::wake))
            : null;
  }

  void begin() {
    // What was read but not settled when the last conversation ended lies before the mark.
    reread.addAll(local.pending());
    schedule();
  }

  void wake() {
    outlet.wake();
    schedule();
  }

  void end() {
    if (hook != null) hook.remove();
  }

  boolean isDone() {
    return atEnd
        && !reading
        && !scheduled
        && unanswered == 0
        && underWay.isEmpty()
        && heldBack.isEmpty()
        && again.isEmpty()
        && !acknowledging
        && target < Long.MAX_VALUE
        && local.scanned() >= target;
  }

  /**
   * A one-shot pushes what is there when the pull half is done, and leaves later changes for the
   * next time.
   */
  void endHere() {
    if (target < Long.MAX_VALUE) return;
    target = topic.replica().lastSequence();
    schedule();
  }

  private void schedule() {
    if (scheduled) return;
    scheduled = true;
    talk.lane()
        .execute(
            () -> {
              scheduled = false;
              if (!talk.ended()) pump();
            });
  }

  /** Reads and proposes one page, if there is room; and comes back for the next. */
  private void pump() {
    remember();
    if (reading
        || unanswered >= Profile.UNANSWERED_LISTS
        || outlet.backlog() > MAX_BACKLOG
        || talk.queuedBytes() > 4 << 20) return;
    List<Change> page = page();
    if (page.isEmpty()) {
      atEnd = true;
      session.progressed();
      return;
    }
    atEnd = false;
    List<Change> rows = new ArrayList<>(page.size());
    for (Change change : page) if (concerns(change)) rows.add(change);
    session.counts().announced(rows.size());
    if (rows.isEmpty()) schedule();
    else if (filter.isNone()) propose(rows);
    else {
      reading = true;
      talk.ledger().open(Item.READING);
      filter.apply(
          rows,
          passing -> {
            reading = false;
            talk.ledger().close(Item.READING);
            for (Change change : rows)
              if (!passing.contains(change)) {
                session.counts().done();
                release(change);
              }
            if (passing.isEmpty()) schedule();
            else propose(passing);
          });
    }
  }

  private List<Change> page() {
    List<Change> page = new ArrayList<>();
    for (String documentID : again) {
      Change change = topic.replica().change(documentID, session.peerKey());
      Long waited = heldBack.remove(documentID);
      if (waited != null) local.remove(waited);
      // A later sequence than what has been read is still to come by itself.
      if (change != null && change.sequence() <= local.scanned()) page.add(change);
    }
    again.clear();
    if (!page.isEmpty()) return page;
    while (page.isEmpty() && !reread.isEmpty()) {
      long from = reread.peek();
      List<Change> some = topic.replica().changes(from - 1, Profile.ROWS, session.peerKey());
      long to = some.isEmpty() ? Long.MAX_VALUE : some.get(some.size() - 1).sequence();
      Set<Long> wanted = new HashSet<>();
      while (!reread.isEmpty() && reread.peek() <= to) wanted.add(reread.poll());
      for (Change change : some) if (wanted.remove(change.sequence())) page.add(change);
      // What is not there any more has a later sequence now, or is gone.
      for (long gone : wanted) local.remove(gone);
    }
    if (!page.isEmpty()) return page;
    if (local.scanned() >= target) return page;
    long last = topic.replica().lastSequence();
    page = topic.replica().changes(local.scanned(), Profile.ROWS, session.peerKey());
    local.scannedTo(page.isEmpty() ? last : page.get(page.size() - 1).sequence());
    return page;
  }

  /** Whether a change is to be proposed; if so it is under way from here on. */
  private boolean concerns(Change change) {
    String documentID = change.documentID();
    if (documentIDs != null && !documentIDs.contains(documentID)
        || change.revID().equals(change.peerRevision())) {
      local.remove(change.sequence());
      return false;
    }
    local.add(change.sequence());
    Long conflict = conflicting.remove(documentID);
    if (conflict != null && conflict != change.sequence()) local.remove(conflict);
    if (underWay.containsKey(documentID)) {
      Long before = heldBack.put(documentID, change.sequence());
      if (before != null && before != change.sequence()) local.remove(before);
      return false;
    }
    underWay.put(documentID, change.sequence());
    return true;
  }

  private void propose(List<Change> rows) {
    unanswered++;
    talk.ledger().open(Item.PROPOSED);
    talk.ask(
        topic.message(Profile.PROPOSE_CHANGES).put("conflictIncludesRev", true).build(),
        Rows.propose(rows),
        true,
        new Reply() {
          @Override
          public void onReply(Properties answer, byte[] body) {
            unanswered--;
            talk.ledger().close(Item.PROPOSED);
            outlet.peerSays(answer);
            judged(rows, Rows.judged(body, rows.size()));
            schedule();
          }

          @Override
          public void onError(BlipError error) {
            if (!error.isClosed()) session.fail(error, "the peer refuses to be pushed to");
          }
        });
    schedule();
  }

  private void judged(List<Change> rows, List<Judgement> judgements) {
    for (int i = 0; i < rows.size(); i++) {
      Change change = rows.get(i);
      Judgement judgement = judgements.get(i);
      switch (judgement.status()) {
        case 0 -> {
          List<String> held =
              change.peerRevision() == null ? List.of() : List.of(change.peerRevision());
          outlet.add(
              new Outlet.Sending(change.sequence(), change.documentID(), change.revID(), held));
        }
        case 304 -> {
          acknowledged.add(new DocumentRevision(change.documentID(), change.revID()));
          finished(change);
        }
        case 409 -> conflict(change, judgement.rev());
        default ->
            rejected(
                change.documentID(),
                change.sequence(),
                change.deleted(),
                new BlipError(Faults.HTTP, judgement.status(), "the peer does not take it"));
      }
    }
  }

  /** The peer's current revision is not the one we thought. */
  private void conflict(Change change, @Nullable String theirs) {
    Change now = topic.replica().change(change.documentID(), session.peerKey());
    if (now == null || now.sequence() != change.sequence()) {
      // It has changed since, perhaps because this very conflict is settled: that is pushed, if at
      // all, by itself.
      session.counts().done();
      settle(change.documentID(), change.sequence());
      return;
    }
    if (theirs != null
        && theirs.equals(now.peerRevision())
        && !theirs.equals(change.peerRevision())) {
      // The pull half has brought it in the meantime.
      propose(List.of(now));
      return;
    }
    if (theirs != null && !theirs.isEmpty() && !theirs.equals(change.peerRevision())) {
      Revision ours = topic.replica().read(change.documentID(), change.revID());
      if (ours != null && ours.history().contains(theirs)) {
        Change known =
            new Change(
                change.sequence(),
                change.documentID(),
                change.revID(),
                change.deleted(),
                change.bodySize(),
                theirs);
        propose(List.of(known));
        return;
      }
    }
    if (session.pulls() && theirs != null && !theirs.isEmpty()) {
      underWay.remove(change.documentID());
      conflicting.put(change.documentID(), change.sequence());
      session.counts().done();
      rescan(change.documentID());
      session.progressed();
      return;
    }
    BlipError error = new BlipError(Faults.HTTP, 409, "the peer holds another revision");
    if (theirs != null && theirs.isEmpty()) {
      // A peer that names no revision has lost the document: the edit must not be counted as
      // pushed.
      session.incomplete();
      underWay.remove(change.documentID());
      session.counts().document(topic, true, change.documentID(), Set.of(), Faults.fromWire(error));
      session.progressed();
    } else rejected(change.documentID(), change.sequence(), change.deleted(), error);
  }

  /** The pull half has brought a revision of this document: its conflict, if any, is over. */
  void pulled(String documentID) {
    reconsider(documentID);
  }

  /** A conflicting document is looked at again; until then its sequence stays unsettled. */
  private void reconsider(String documentID) {
    Long sequence = conflicting.remove(documentID);
    if (sequence == null) return;
    Long later = heldBack.put(documentID, sequence);
    if (later != null && !later.equals(sequence)) {
      local.remove(sequence);
      heldBack.put(documentID, later);
    }
    again.add(documentID);
    schedule();
  }

  /** The peer holds a revision that we hold too: it may be the ancestor that a proposal lacked. */
  void peerHolds(DocumentRevision revision) {
    acknowledged.add(revision);
    reconsider(revision.documentID());
    schedule();
  }

  /** Conflicts that nobody resolved; reported when the session ends. */
  void reportConflicts() {
    for (String documentID : conflicting.keySet())
      session
          .counts()
          .document(
              topic,
              true,
              documentID,
              Set.of(),
              Faults.fromWire(
                  new BlipError(Faults.HTTP, 409, "the conflict has not been resolved yet")));
    if (!conflicting.isEmpty()) session.incomplete();
  }

  /** Remembers what the peer holds when that is enough for a commit, or nothing more comes. */
  private void remember() {
    if (acknowledged.size() >= ENOUGH_ACKNOWLEDGED || underWay.isEmpty()) rememberAll();
  }

  /** Remembers what the peer holds, however little: a checkpoint is about to tell it, too. */
  void rememberAll() {
    if (acknowledging || acknowledged.isEmpty()) return;
    acknowledging = true;
    List<DocumentRevision> batch = List.copyOf(acknowledged);
    acknowledged.clear();
    talk.ledger().open(Item.CHECKPOINT);
    talk.afterwards(
        topic.replica().acknowledge(session.peerKey(), batch),
        (nothing, failure) -> {
          acknowledging = false;
          talk.ledger().close(Item.CHECKPOINT);
          remember();
          session.progressed();
        });
  }

  private void finished(Change change) {
    session.counts().document(topic, true, change.documentID(), flags(change.deleted()), null);
    settle(change.documentID(), change.sequence());
  }

  private void release(Change change) {
    local.remove(change.sequence());
    underWay.remove(change.documentID());
    rescan(change.documentID());
  }

  private void settle(String documentID, long sequence) {
    local.remove(sequence);
    underWay.remove(documentID);
    rescan(documentID);
    schedule();
    session.progressed();
  }

  private void rescan(String documentID) {
    if (heldBack.containsKey(documentID)) {
      again.add(documentID);
      schedule();
    }
  }

  private void rejected(String documentID, long sequence, boolean deleted, BlipError error) {
    session.counts().document(topic, true, documentID, flags(deleted), Faults.fromWire(error));
    settle(documentID, sequence);
  }

  private static Set<DocumentFlag> flags(boolean deleted) {
    return deleted ? Set.of(DocumentFlag.DELETED) : Set.of();
  }

  @Override
  public void delivered(Outlet.Sending sending, Revision revision) {
    acknowledged.add(new DocumentRevision(sending.documentID(), sending.revID()));
    session.counts().document(topic, true, sending.documentID(), flags(revision.deleted()), null);
    settle(sending.documentID(), sending.sequence());
  }

  @Override
  public void refused(Outlet.Sending sending, BlipError error) {
    boolean http = error.domain().equals(Faults.HTTP);
    if (http && error.code() == 403 && triedAgain.add(sending.revID() + ' ' + sending.documentID())
        || Outlet.wantsWhole(error)
            && triedAgain.add(sending.revID() + " whole " + sending.documentID())) {
      outlet.add(sending);
    } else if (http && Faults.isTransientStatus(error.code())) {
      // Stays pending: the next run pushes it again.
      session.incomplete();
      underWay.remove(sending.documentID());
      session
          .counts()
          .document(topic, true, sending.documentID(), Set.of(), Faults.fromWire(error));
      session.progressed();
    } else rejected(sending.documentID(), sending.sequence(), false, error);
  }

  @Override
  public void gone(Outlet.Sending sending) {
    // It has changed since: the new revision has a sequence of its own.
    session.counts().done();
    settle(sending.documentID(), sending.sequence());
  }
}
