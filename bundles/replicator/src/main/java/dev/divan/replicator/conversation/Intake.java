// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.blip.BlipError;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Properties;
import dev.divan.database.replica.IncomingRevision;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Revision;
import dev.divan.json.Body;
import dev.divan.json.Body.BlobReference;
import dev.divan.json.JsonException;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.delta.Delta;
import dev.divan.replicator.delta.DeltaException;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.History;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the revisions of one collection: examines each, has its blobs fetched, and stores them
 * in batches. The first revision after a rest is committed at once; while a commit runs, the next
 * batch gathers.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  /** Revisions in a batch: enough to make a disk sync cheap, few enough to keep answers coming. */
  private static final int BATCH = 1000;

  /** Bytes in a batch. */
  private static final int BATCH_BYTES = 4 << 20;

  /** Batches at the database at the same time: one being committed, one behind it. */
  private static final int BATCHES = 2;

  /** Bytes examined and not yet stored, above which the network has to wait. */
  private static final int MAX_BYTES = 8 << 20;

  /** Bytes of revisions that wait for their blobs; more are refused for now. */
  private static final int MAX_WAITING = 32 << 20;

  /** How the two stances differ. */
  public interface Stance {
    /**
     * Whether this revision was announced and asked for; called first.
     *
     * @return the error to answer, or null to go on
     */
    @Nullable BlipError expect(Arrival arrival, Properties properties);

    /**
     * Looks at a revision before it is stored. Must end in {@link Intake#admit}, {@link
     * Intake#pass} or {@link Intake#fail}.
     */
    void examine(Arrival arrival);

    /**
     * The body says that access has been withdrawn. Must end in {@link Intake#pass} or {@link
     * Intake#fail}.
     */
    void removed(Arrival arrival);

    /**
     * It does not follow our revision. Must end in {@link Intake#stored} or {@link Intake#fail}.
     */
    void conflict(Arrival arrival, Revision local);

    /** It is stored, or was here before; null if it was passed over. Answered already. */
    void settled(Arrival arrival, @Nullable Outcome outcome);

    /** It cannot be stored; answered already. */
    void failed(Arrival arrival, BlipError error);
  }

  /** One revision on its way in. */
  public static final class Arrival {
    private final IncomingRequest request;
    private final String documentID;
    private final String revID;
    private final boolean deleted;
    private @Nullable List<String> history;
    private Body body = Body.EMPTY;
    private @Nullable IncomingRevision revision;
    private boolean conflicted;

    /** For the stance. */
    public @Nullable Object token;

    Arrival(IncomingRequest request, String documentID, String revID, boolean deleted) {
      this.request = request;
      this.documentID = documentID;
      this.revID = revID;
      this.deleted = deleted;
    }

    public String documentID() {
      return documentID;
    }

    public String revID() {
      return revID;
    }

    public boolean deleted() {
      return deleted;
    }

    public Body body() {
      return body;
    }

    /** Whether it did not follow our revision. */
    public boolean conflicted() {
      return conflicted;
    }

    /** As given to the database; there once the body has been examined. */
    public IncomingRevision revision() {
      IncomingRevision made = revision;
      if (made == null) throw new IllegalStateException("not examined yet: " + documentID);
      return made;
    }

    private int size() {
      return body.json().length + 200;
    }
  }

  private final Talk talk;
  private final Topic topic;
  private final BlobIntake blobs;
  private final Stance stance;
  private final @Nullable String peer;
  private final Runnable flush = this::flush;
  private List<Arrival> gathering = new ArrayList<>();
  private boolean flushing;
  private int running;
  private long bytes;
  private long waitingBytes;

  /**
   * @param peer under which name the database remembers what the other end holds; null for not at
   *     all
   */
  public Intake(Talk talk, Topic topic, BlobIntake blobs, Stance stance, @Nullable String peer) {
    this.talk = talk;
    this.topic = topic;
    this.blobs = blobs;
    this.stance = stance;
    this.peer = peer;
  }

  /** A {@code rev} has arrived. */
  public void revision(IncomingRequest request) {
    Properties properties = request.properties();
    String documentID = properties.nonEmpty("id");
    String revID = properties.nonEmpty("rev");
    String deleted = properties.get("deleted");
    Arrival arrival =
        new Arrival(
            request,
            documentID == null ? "" : documentID,
            revID == null ? "" : revID,
            deleted != null && !deleted.equals("0") && !deleted.equals("false"));
    talk.ledger().open(Item.RECEIVED);
    BlipError error = stance.expect(arrival, properties);
    if (error == null) error = understand(arrival, properties);
    if (error != null) {
      fail(arrival, error);
      return;
    }
    if (arrival.body.removed()) stance.removed(arrival);
    else stance.examine(arrival);
  }

  /** Reads properties and body; null if all is well. */
  private @Nullable BlipError understand(Arrival arrival, Properties properties) {
    if (arrival.documentID.isEmpty()) return Faults.invalidDocumentId();
    if (arrival.revID.isEmpty()) return Faults.invalidVersionId();
    arrival.history = History.parse(properties.get("history"));
    if (arrival.history == null) return Faults.invalidHistory();
    byte[] json = arrival.request.body();
    String base = properties.nonEmpty("deltaSrc");
    try {
      if (base != null) {
        Revision source = topic.replica().read(arrival.documentID, base);
        if (source == null || source.deleted())
          return Faults.badDelta("the source revision of the delta is not here");
        json = Delta.apply(source.body(), json);
      }
      arrival.body = Body.examine(json);
    } catch (DeltaException e) {
      return Faults.badDelta("invalid delta: " + e.getMessage());
    } catch (JsonException e) {
      return Faults.invalidBody(String.valueOf(e.getMessage()));
    }
    arrival.revision =
        new IncomingRevision(
            arrival.documentID,
            arrival.revID,
            arrival.history,
            arrival.deleted,
            arrival.body,
            peer);
    return null;
  }

  /** The stance has nothing against it: its blobs are fetched, then it is stored. */
  public void admit(Arrival arrival) {
    List<BlobReference> references = arrival.body.blobs();
    if (references.isEmpty()) {
      gather(arrival);
      return;
    }
    if (waitingBytes > MAX_WAITING) {
      fail(arrival, Faults.busy("too many revisions wait for their blobs"));
      return;
    }
    waitingBytes += arrival.size();
    fetch(arrival, references.iterator());
  }

  private void fetch(Arrival arrival, Iterator<BlobReference> rest) {
    while (rest.hasNext()) {
      BlobReference blob = rest.next();
      if (!BlobOutlet.isDigest(blob.digest()) || talk.database().blobs().length(blob.digest()) >= 0)
        continue;
      blobs.fetch(
          topic,
          blob,
          arrival.documentID,
          error -> {
            if (error == null) fetch(arrival, rest);
            else {
              waitingBytes -= arrival.size();
              fail(arrival, error);
            }
          });
      return;
    }
    waitingBytes -= arrival.size();
    gather(arrival);
  }

  private void gather(Arrival arrival) {
    gathering.add(arrival);
    bytes += arrival.size();
    if (bytes > MAX_BYTES) talk.hold(this);
    if (!flushing && running < BATCHES) {
      flushing = true;
      talk.lane().execute(flush);
    }
  }

  private void flush() {
    flushing = false;
    if (talk.ended()) return;
    while (running < BATCHES && !gathering.isEmpty()) {
      List<Arrival> batch = nextBatch();
      List<IncomingRevision> revisions = new ArrayList<>(batch.size());
      for (Arrival arrival : batch) revisions.add(arrival.revision());
      running++;
      talk.afterwards(
          topic.replica().insert(revisions),
          (outcomes, failure) -> inserted(batch, outcomes, failure));
    }
  }

  private List<Arrival> nextBatch() {
    int count = 0;
    int size = 0;
    while (count < gathering.size() && count < BATCH && size < BATCH_BYTES)
      size += gathering.get(count++).size();
    if (count == gathering.size()) {
      List<Arrival> all = gathering;
      gathering = new ArrayList<>(all.size());
      return all;
    }
    List<Arrival> first = new ArrayList<>(gathering.subList(0, count));
    gathering.subList(0, count).clear();
    return first;
  }

  private void inserted(
      List<Arrival> batch, @Nullable List<Outcome> outcomes, @Nullable Throwable failure) {
    running--;
    if (outcomes == null) LOG.error("revisions could not be stored", failure);
    for (int i = 0; i < batch.size(); i++) {
      Arrival arrival = batch.get(i);
      bytes -= arrival.size();
      if (outcomes == null) fail(arrival, Faults.busy("the database cannot store now"));
      else became(arrival, outcomes.get(i));
    }
    if (bytes <= MAX_BYTES / 2) talk.release(this);
    flush();
  }

  /** Ends an arrival, or hands it to the stance if it conflicts. */
  public void became(Arrival arrival, Outcome outcome) {
    if (outcome instanceof Outcome.Conflicting conflict) {
      arrival.conflicted = true;
      stance.conflict(arrival, conflict.local());
    } else if (outcome instanceof Outcome.Refused refused) fail(arrival, Faults.refused(refused));
    else {
      talk.ledger().close(Item.RECEIVED);
      arrival.request.respond();
      stance.settled(arrival, outcome);
    }
  }

  /** Ends an arrival that is not to be stored, as if it had been. */
  public void pass(Arrival arrival) {
    talk.ledger().close(Item.RECEIVED);
    arrival.request.respond();
    stance.settled(arrival, null);
  }

  public void fail(Arrival arrival, BlipError error) {
    talk.ledger().close(Item.RECEIVED);
    arrival.request.fail(error);
    stance.failed(arrival, error);
  }
}
