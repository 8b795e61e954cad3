// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.blip.BlipError;
import dev.divan.blip.Properties;
import dev.divan.blip.Reply;
import dev.divan.database.replica.Revision;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.History;
import dev.divan.replicator.wire.Profile;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Sends the revisions of one collection that the peer has asked for: reads each when it is its
 * turn, holds back while much is on its way, and tells the stance what became of it.
 */
public final class Outlet {

  /** Bytes handed to the connection and not yet written, above which nothing more is read. */
  private static final int MAX_QUEUED = 1 << 20;

  /** Bytes of revisions that wait for the peer's answer: what it has to hold until its commit. */
  private static final int MAX_UNANSWERED = 4 << 20;

  /** Revisions read in one go, so that what arrives meanwhile is not kept waiting. */
  private static final int BURST = 100;

  private static final byte[] TOMBSTONE = {'{', '}'};

  /** What the stance hears. */
  public interface Outcomes {
    /** It is with the peer: acknowledged, or sent if the peer does not acknowledge. */
    void delivered(Sending sending, Revision revision);

    /** The peer refused it. */
    void refused(Sending sending, BlipError error);

    /** It is not the current revision any more. */
    void gone(Sending sending);
  }

  /**
   * One revision on its way.
   *
   * @param held what of this document the peer said it holds
   */
  public record Sending(long sequence, String documentID, String revID, List<String> held) {}

  private final Talk talk;
  private final Topic topic;
  private final Outcomes outcomes;
  private final boolean acknowledged;
  private final ArrayDeque<Sending> queue = new ArrayDeque<>();
  private final Runnable pump = this::pump;
  private int maxHistory = Profile.MAX_HISTORY;
  private boolean peerKnowsBlobs;
  private boolean pumping;
  private int unanswered;

  /**
   * @param acknowledged whether the peer is asked to answer each revision, and told to refuse
   *     conflicts
   */
  public Outlet(Talk talk, Topic topic, Outcomes outcomes, boolean acknowledged) {
    this.talk = talk;
    this.topic = topic;
    this.outcomes = outcomes;
    this.acknowledged = acknowledged;
  }

  /** Takes note of what the peer says of itself in an answer to a list of changes. */
  public void peerSays(Properties answer) {
    if (answer.flag("blobs")) peerKnowsBlobs = true;
    maxHistory = (int) Math.min(1000, answer.number("maxHistory", maxHistory));
  }

  public void add(Sending sending) {
    queue.add(sending);
    talk.ledger().open(Item.REVISION_OUT);
    wake();
  }

  /** How many wait to be read. */
  public int backlog() {
    return queue.size();
  }

  /** There may be room again. */
  public void wake() {
    if (pumping || queue.isEmpty()) return;
    pumping = true;
    talk.lane().execute(pump);
  }

  private void pump() {
    pumping = false;
    if (talk.ended()) return;
    for (int i = 0; i < BURST && !queue.isEmpty(); i++) {
      if (talk.queuedBytes() > MAX_QUEUED || unanswered > MAX_UNANSWERED) return;
      send(queue.poll());
    }
    wake();
  }

  private void send(Sending sending) {
    Revision revision = topic.replica().read(sending.documentID, sending.revID);
    if (revision == null) {
      talk.ledger().close(Item.REVISION_OUT);
      outcomes.gone(sending);
      return;
    }
    Properties.Builder properties =
        topic
            .message(Profile.REV)
            .put("id", sending.documentID)
            .put("rev", sending.revID)
            .put("sequence", sending.sequence);
    String history = History.trim(revision.history(), sending.held, maxHistory);
    if (history != null) properties.put("history", history);
    if (revision.deleted()) properties.put("deleted", 1);
    if (acknowledged) properties.put("noconflicts", 1);
    byte[] body = revision.body().length == 0 ? TOMBSTONE : revision.body();
    if (!peerKnowsBlobs) body = LegacyAttachments.added(body, revision.revID());
    if (acknowledged || LegacyAttachments.mentionsBlobs(body))
      ask(sending, revision, properties.build(), body);
    else {
      talk.tell(properties.build(), body, false);
      talk.ledger().close(Item.REVISION_OUT);
      outcomes.delivered(sending, revision);
    }
  }

  private void ask(Sending sending, Revision revision, Properties properties, byte[] body) {
    int size = body.length;
    unanswered += size;
    talk.ask(
        properties,
        body,
        false,
        new Reply() {
          @Override
          public void onReply(Properties answer, byte[] nothing) {
            settled(size);
            outcomes.delivered(sending, revision);
          }

          @Override
          public void onError(BlipError error) {
            if (error.isClosed()) return;
            settled(size);
            outcomes.refused(sending, error);
          }
        });
  }

  private void settled(int size) {
    unanswered -= size;
    talk.ledger().close(Item.REVISION_OUT);
    wake();
  }

  /** Says that a revision cannot be sent. */
  public void tellGone(Sending sending, int status) {
    talk.tell(
        topic
            .message(Profile.NOREV)
            .put("id", sending.documentID)
            .put("rev", sending.revID)
            .put("sequence", sending.sequence)
            .put("error", status)
            .build(),
        new byte[0],
        false);
  }

  /** Whether trying the same revision again, whole, may help: the peer could not use a delta. */
  public static boolean wantsWhole(BlipError error) {
    return error.is(Faults.HTTP, 422) || error.is(Faults.PEER, 31) || error.is(Faults.PEER, 32);
  }
}
