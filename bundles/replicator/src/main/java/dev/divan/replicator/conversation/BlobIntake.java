// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.blip.BlipError;
import dev.divan.blip.Outgoing;
import dev.divan.blip.Properties;
import dev.divan.blip.ReplySink;
import dev.divan.database.replica.ReplicaBlobs;
import dev.divan.json.Body.BlobReference;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches blobs from the peer, a few at a time, each once however many documents mention it. Bytes
 * go to the store as they come, by way of a {@link Spool}; a blob is there when its digest is
 * proven.
 */
public final class BlobIntake {

  /** On their way at the same time: enough that none waits for the acknowledgements of another. */
  private static final int AT_ONCE = 12;

  /** Complete and being synced to disk at the same time, beside those on their way. */
  private static final int SYNCING = 16;

  /** Bytes read and not yet hashed and written, above which the network has to wait. */
  private static final int MAX_SPOOLED = 4 << 20;

  private final Talk talk;
  private final ReplicaBlobs blobs;
  private final Map<String, List<Consumer<@Nullable BlipError>>> waiting = new HashMap<>();
  private final ArrayDeque<Fetch> queue = new ArrayDeque<>();
  private int running;
  private int syncing;
  private long spooled;

  public BlobIntake(Talk talk) {
    this.talk = talk;
    this.blobs = talk.database().blobs();
  }

  /**
   * Sees to it that a blob is here.
   *
   * @param done gets null when it is, or the error
   */
  public void fetch(
      Topic topic, BlobReference blob, String documentID, Consumer<@Nullable BlipError> done) {
    List<Consumer<@Nullable BlipError>> others = waiting.get(blob.digest());
    if (others != null) {
      others.add(done);
      return;
    }
    others = new ArrayList<>(1);
    others.add(done);
    waiting.put(blob.digest(), others);
    talk.ledger().open(Item.BLOB_IN);
    queue.add(new Fetch(topic, blob, documentID));
    next();
  }

  private void next() {
    while (running < AT_ONCE && syncing < SYNCING && !queue.isEmpty()) {
      running++;
      queue.poll().begin();
    }
  }

  /** The connection has ended: what came half is thrown away. */
  public void end() {
    queue.clear();
    waiting.clear();
  }

  /** On a worker. */
  private void taken(int bytes) {
    talk.lane()
        .execute(
            () -> {
              spooled -= bytes;
              if (spooled <= MAX_SPOOLED / 2) talk.release(this);
            });
  }

  private final class Fetch implements ReplySink {
    private final Topic topic;
    private final BlobReference blob;
    private final String documentID;
    private @Nullable Spool spool;

    Fetch(Topic topic, BlobReference blob, String documentID) {
      this.topic = topic;
      this.blob = blob;
      this.documentID = documentID;
    }

    void begin() {
      Properties.Builder properties =
          topic
              .message(Profile.GET_ATTACHMENT)
              .put("digest", blob.digest())
              .put("docID", documentID);
      if (talk.compresses() && BlobTypes.shrinks(blob)) properties.put("compress", true);
      talk.send(new Outgoing(properties.build()).reply(this));
    }

    @Override
    public void begin(Properties properties) {
      spool = new Spool(blobs, blob.digest(), talk.workers(), BlobIntake.this::taken);
    }

    @Override
    public void data(byte[] bytes, int offset, int length) {
      Spool to = spool;
      if (to == null) return;
      to.put(Arrays.copyOfRange(bytes, offset, offset + length));
      spooled += length;
      if (spooled > MAX_SPOOLED) talk.hold(BlobIntake.this);
    }

    @Override
    public void end() {
      running--;
      Spool from = spool;
      if (from == null) {
        finished(Faults.internal());
        return;
      }
      syncing++;
      from.end();
      talk.afterwards(
          from.result(),
          (whole, error) -> {
            syncing--;
            if (error != null) finished(Faults.busy("blobs cannot be stored now"));
            else finished(Boolean.TRUE.equals(whole) ? null : Faults.corruptBlob());
          });
      next();
    }

    @Override
    public void failed(BlipError error) {
      running--;
      if (spool != null) spool.discard();
      // With the connection everything ends; nobody is to be told of each blob.
      if (!error.isClosed()) finished(error);
    }

    private void finished(@Nullable BlipError error) {
      if (talk.ended()) return;
      talk.ledger().close(Item.BLOB_IN);
      List<Consumer<@Nullable BlipError>> done = waiting.remove(blob.digest());
      if (done != null) for (Consumer<@Nullable BlipError> each : done) each.accept(error);
      next();
    }
  }
}
