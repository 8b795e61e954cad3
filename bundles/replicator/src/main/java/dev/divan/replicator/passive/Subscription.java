// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.blip.BlipError;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Properties;
import dev.divan.blip.Reply;
import dev.divan.database.ListenerToken;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.Revision;
import dev.divan.json.Json;
import dev.divan.json.JsonException;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.conversation.Outlet;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Profile;
import dev.divan.replicator.wire.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pulling client is told of one collection: first all that changed since its last sequence,
 * then "caught up", then, if it stays, every change as it happens. A document is announced once at
 * a time: while its row or revision is under way its next change waits, and all behind it too,
 * because a client remembers the last sequence it was told and asks for nothing before it.
 */
final class Subscription implements Outlet.Outcomes {

  /** Revisions asked for and not yet sent, above which no more changes are announced. */
  private static final int MAX_BACKLOG = 1000;

  private final Talk talk;
  private final Topic topic;
  private final PassiveCounts counts;
  private final Received received;
  private final DocumentGate gate;
  private final boolean continuous;
  private final boolean activeOnly;
  private final @Nullable Set<String> documentIDs;
  private final Outlet outlet;
  private final @Nullable ListenerToken hook;

  /** Documents under way. */
  private final Set<String> underWay = new HashSet<>();

  /** The document whose next change waits; null while none does. */
  private @Nullable String waitingFor;

  private long since;
  private int unanswered;
  private boolean caughtUp;
  private boolean pumping;

  /** A page is with the filter; nothing behind it is announced before it is. */
  private boolean asking;

  Subscription(
      Talk talk,
      Topic topic,
      IncomingRequest request,
      PassiveCounts counts,
      Received received,
      DocumentGate gate) {
    this.talk = talk;
    this.gate = gate;
    this.topic = topic;
    this.counts = counts;
    this.received = received;
    Properties properties = request.properties();
    this.since = since(properties.get("since"));
    this.continuous = properties.flag("continuous");
    this.activeOnly = properties.flag("activeOnly");
    this.documentIDs = documentIDs(request.body());
    this.outlet = new Outlet(talk, topic, this, false);
    this.hook = continuous ? topic.replica().onCommit(() -> talk.lane().execute(this::pump)) : null;
  }

  /** Anything but a plain number that is not negative means from the start. */
  private static long since(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 18) return 0;
    for (int i = 0; i < text.length(); i++)
      if (text.charAt(i) < '0' || text.charAt(i) > '9') return 0;
    return Long.parseLong(text);
  }

  /** Entries that are no strings are skipped; a body of another shape asks for everything. */
  private static @Nullable Set<String> documentIDs(byte[] body) {
    if (body.length == 0) return null;
    try {
      if (Json.parse(body) instanceof Map<?, ?> map && map.get("docIDs") instanceof List<?> ids) {
        Set<String> wanted = new HashSet<>();
        for (Object id : ids) if (id instanceof String text) wanted.add(text);
        return wanted;
      }
    } catch (JsonException malformed) {
      return null;
    }
    return null;
  }

  void begin() {
    talk.ledger().open(Item.CATCHING_UP);
    pump();
  }

  void wake() {
    outlet.wake();
    schedule();
  }

  void end() {
    if (hook != null) hook.remove();
  }

  private void schedule() {
    if (pumping) return;
    pumping = true;
    talk.lane()
        .execute(
            () -> {
              pumping = false;
              pump();
            });
  }

  /** Announces one list, if there is room and anything to announce; and comes back for the next. */
  private void pump() {
    if (talk.ended() || caughtUp && !continuous) return;
    if (asking
        || waitingFor != null
        || unanswered >= Profile.UNANSWERED_LISTS
        || outlet.backlog() > MAX_BACKLOG) return;
    List<Change> page = topic.replica().changes(since, Profile.ROWS, null);
    if (page.isEmpty()) {
      if (!caughtUp) tellCaughtUp();
      return;
    }
    List<Change> rows = new ArrayList<>(page.size());
    for (Change change : page) {
      if (concerns(change)) {
        if (underWay.contains(change.documentID())) {
          waitingFor = change.documentID();
          break;
        }
        rows.add(change);
      }
      since = change.sequence();
    }
    for (Change change : rows) underWay.add(change.documentID());
    if (rows.isEmpty() || gate.isOpen()) passed(rows);
    else {
      asking = true;
      talk.ledger().open(Item.READING);
      gate.outgoing(rows, passing -> sifted(rows, passing));
    }
  }

  private void sifted(List<Change> rows, List<Change> passing) {
    asking = false;
    talk.ledger().close(Item.READING);
    Set<Change> going = new HashSet<>(passing);
    for (Change change : rows) if (!going.contains(change)) done(change.documentID());
    passed(passing);
  }

  private void passed(List<Change> rows) {
    if (!rows.isEmpty()) announce(rows);
    if (waitingFor == null) schedule();
  }

  private boolean concerns(Change change) {
    return (documentIDs == null || documentIDs.contains(change.documentID()))
        && !(activeOnly && !caughtUp && change.deleted())
        && !received.is(change.documentID(), change.revID());
  }

  /** Of documents under way. */
  private void announce(List<Change> rows) {
    unanswered++;
    talk.ledger().open(Item.PROPOSED);
    talk.ask(
        topic.message(Profile.CHANGES).build(),
        Rows.announce(rows),
        true,
        new Reply() {
          @Override
          public void onReply(Properties answer, byte[] body) {
            answered();
            outlet.peerSays(answer);
            wanted(rows, body);
          }

          @Override
          public void onError(BlipError error) {
            if (error.isClosed()) return;
            answered();
            for (Change change : rows) done(change.documentID());
            schedule();
          }
        });
  }

  private void answered() {
    unanswered--;
    talk.ledger().close(Item.PROPOSED);
  }

  private void wanted(List<Change> rows, byte[] body) {
    List<@Nullable List<String>> wanted;
    try {
      wanted = Rows.wanted(body, rows.size());
    } catch (Rows.MalformedException odd) {
      for (Change change : rows) done(change.documentID());
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      Change change = rows.get(i);
      List<String> held = wanted.get(i);
      if (held == null) done(change.documentID());
      else
        outlet.add(
            new Outlet.Sending(change.sequence(), change.documentID(), change.revID(), held));
    }
    schedule();
  }

  private void tellCaughtUp() {
    caughtUp = true;
    talk.ledger().close(Item.CATCHING_UP);
    talk.tell(topic.message(Profile.CHANGES).build(), Rows.empty(), true);
  }

  private void done(String documentID) {
    underWay.remove(documentID);
    if (documentID.equals(waitingFor)) {
      waitingFor = null;
      schedule();
    }
  }

  @Override
  public void delivered(Outlet.Sending sending, Revision revision) {
    counts.sent();
    done(sending.documentID());
    if (outlet.backlog() == MAX_BACKLOG / 2) schedule();
  }

  @Override
  public void refused(Outlet.Sending sending, BlipError error) {
    done(sending.documentID());
  }

  @Override
  public void gone(Outlet.Sending sending) {
    boolean exists = topic.replica().change(sending.documentID(), null) != null;
    outlet.tellGone(sending, exists ? 410 : 404);
    done(sending.documentID());
  }
}
