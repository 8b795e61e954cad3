// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.blip.BlipError;
import dev.divan.blip.Connection;
import dev.divan.blip.Handler;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Lane;
import dev.divan.blip.Limits;
import dev.divan.database.replica.DocumentRevision;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.conversation.BlobIntake;
import dev.divan.replicator.conversation.BlobOutlet;
import dev.divan.replicator.conversation.Labels;
import dev.divan.replicator.conversation.Ledger;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an active peer, from the first message to the last. It never reconnects: when
 * it ends it says why, and the replicator decides.
 *
 * <p>All on the lane, except where a method says otherwise.
 */
final class ActiveSession implements Handler {
  /**
   * How long after a document had to be left a session that stays makes room for another one, which
   * begins with what was left.
   */
  private static final int TRY_AGAIN_SECONDS = 30;

  /** What the replicator hears; on the lane. */
  interface Owner {
    /** Busy or idle, or the counts, may have changed. */
    void changed(boolean busy);

    /**
     * It is over.
     *
     * @param error null if all was done, or it was told to stop
     */
    void ended(@Nullable ReplicatorException error);
  }

  private final ReplicatorConfiguration configuration;
  private final UUID databaseId;
  private final Connection connection;
  private final Talk talk;
  private final BlobIntake blobs;
  private final BlobOutlet blobOutlet;
  private final Counts counts;
  private final Owner owner;
  private final ScheduledExecutorService timer;
  private final PeerContext peerContext;
  private final String peerKey;
  private final boolean reset;
  private final Ticks ticks;
  private final List<ActiveCollection> collections = new ArrayList<>();
  private @Nullable ReplicatorException error;
  private boolean checking;
  private boolean incomplete;
  private boolean started;
  private boolean finishing;
  private boolean finished;

  ActiveSession(
      Channel channel,
      Labels labels,
      Threads threads,
      ReplicaDatabase database,
      UUID databaseId,
      ReplicatorConfiguration configuration,
      Counts counts,
      boolean reset,
      Owner owner) {
    this.configuration = configuration;
    this.databaseId = databaseId;
    this.counts = counts;
    this.reset = reset;
    this.owner = owner;
    this.timer = threads.timer();
    this.peerKey = PeerKey.of(configuration);
    this.peerContext = new PeerContext(peerKey, channel.remote(), null, java.util.Set.of());
    Lane lane = labels.lane(threads);
    this.connection = new Connection(channel, lane, Limits.DEFAULT, this);
    this.talk =
        new Talk(connection, lane, labels.on(threads.workers()), database, channel.metered());
    this.ticks = new Ticks(talk, timer, this::saveCheckpoints);
    this.blobs = new BlobIntake(talk);
    this.blobOutlet = new BlobOutlet(talk);
    for (CollectionConfiguration collection : configuration.getCollections())
      collections.add(
          new ActiveCollection(
              this, collection, PeerKey.checkpointId(databaseId, configuration, collection)));
  }

  // What the rooms of this session need.

  ReplicatorConfiguration configuration() {
    return configuration;
  }

  Talk talk() {
    return talk;
  }

  BlobIntake blobs() {
    return blobs;
  }

  Counts counts() {
    return counts;
  }

  PeerContext peerContext() {
    return peerContext;
  }

  String peerKey() {
    return peerKey;
  }

  boolean pulls() {
    return configuration.getType().pulls();
  }

  boolean resets() {
    return reset;
  }

  boolean acceptsDeltas() {
    return true;
  }

  /** A document was left for the next time; the checkpoint does not pass it. */
  void incomplete() {
    if (incomplete) return;
    incomplete = true;
    if (configuration.isContinuous())
      timer.schedule(
          () -> talk.lane().execute(this::tryAgain), TRY_AGAIN_SECONDS, TimeUnit.SECONDS);
  }

  private void tryAgain() {
    if (talk.ended() || finishing || error != null) return;
    error =
        new ReplicatorException(
            ReplicatorException.Domain.LOCAL,
            503,
            true,
            "some documents could not be replicated: they are tried again",
            null);
    connection.close(Closure.NORMAL, "");
  }

  void pulled(Topic topic, String documentID) {
    ActiveCollection collection = collectionOf(topic);
    if (collection.push() != null) collection.push().pulled(documentID);
  }

  void peerHolds(Topic topic, DocumentRevision revision) {
    ActiveCollection collection = collectionOf(topic);
    if (collection.push() != null) collection.push().peerHolds(revision);
  }

  private ActiveCollection collectionOf(Topic topic) {
    return collections.get(Math.max(0, topic.index()));
  }

  // Beginning.

  /** From any thread. */
  void start() {
    talk.lane().execute(this::greet);
    connection.start();
  }

  private void greet() {
    talk.ledger().open(Item.HANDSHAKE);
    new Greeting(this, collections, databaseId, this::greeted).begin();
  }

  private void greeted() {
    talk.ledger().close(Item.HANDSHAKE);
    started = true;
    progressed();
  }

  /** Others are asked about documents from here on; from any thread. */
  void change(List<CollectionConfiguration> next) {
    talk.lane()
        .execute(
            () -> {
              if (talk.ended()) return;
              for (int i = 0; i < collections.size(); i++)
                collections.get(i).rules().change(next.get(i));
            });
  }

  // The peer's requests.

  @Override
  public void request(IncomingRequest request) {
    switch (request.profile()) {
      case Profile.CHANGES, Profile.REV, Profile.NOREV -> aboutCollection(request);
      case Profile.GET_ATTACHMENT -> blobOutlet.get(request);
      case Profile.PROVE_ATTACHMENT -> blobOutlet.prove(request);
      case Profile.SUB_CHANGES,
          Profile.PROPOSE_CHANGES,
          Profile.GET_CHECKPOINT,
          Profile.SET_CHECKPOINT,
          Profile.GET_COLLECTIONS ->
          request.fail(Faults.notImplemented());
      default -> request.fail(BlipError.noHandler());
    }
  }

  private void aboutCollection(IncomingRequest request) {
    boolean named = !collections.isEmpty() && collections.get(0).index() >= 0;
    String property = request.properties().get(Profile.COLLECTION);
    long index = named ? request.properties().number(Profile.COLLECTION, -1) : 0;
    if (named == (property == null) || index < 0) {
      request.fail(Faults.collectionOutOfPlace());
      return;
    }
    if (index >= collections.size()) {
      request.fail(Faults.collectionOutOfRange());
      return;
    }
    Pull pull = collections.get((int) index).pull();
    if (pull == null) {
      request.fail(new BlipError(Faults.HTTP, 403, "this peer does not pull"));
      return;
    }
    switch (request.profile()) {
      case Profile.CHANGES -> pull.changes(request);
      case Profile.REV -> pull.revision(request);
      default -> pull.norev(request);
    }
  }

  // Going on, and ending.

  /** Does something on the lane after a pause, if the connection is still there by then. */
  void after(long millis, Runnable work) {
    Runnable unlessOver =
        () -> {
          if (!talk.ended()) work.run();
        };
    timer.schedule(() -> talk.lane().execute(unlessOver), millis, TimeUnit.MILLISECONDS);
  }

  /** Something was settled: looks, once a turn, whether all is done. */
  void progressed() {
    if (checking || talk.ended()) return;
    checking = true;
    talk.lane().atEndOfTurn(this::check);
  }

  private void check() {
    checking = false;
    if (talk.ended()) return;
    counts.flush();
    if (counts.isFull(() -> talk.lane().execute(() -> talk.release(counts)))) talk.hold(counts);
    boolean busy = !started || !talk.ledger().isIdle();
    owner.changed(busy);
    if (!started) return;
    if (!configuration.isContinuous() && !finishing && isDone()) finishing = true;
    if (finishing) saveCheckpoints();
    else ticks.begin();
    if (finishing && collections.stream().allMatch(ActiveCollection::isSaved)) finish();
  }

  /** For a one-shot: first all is pulled, then what there is by then is pushed. */
  private boolean isDone() {
    Ledger open = talk.ledger();
    if (open.count(Item.ANNOUNCED) + open.count(Item.EXPECTED) + open.count(Item.RECEIVED) > 0)
      return false;
    for (ActiveCollection collection : collections)
      if (collection.pull() != null && !collection.pull().isCaughtUp()) return false;
    boolean done = open.isIdle();
    for (ActiveCollection collection : collections)
      if (collection.push() != null) {
        collection.push().endHere();
        done &= collection.push().isDone();
      }
    return done;
  }

  private void saveCheckpoints() {
    if (started && !talk.ended()) for (ActiveCollection collection : collections) collection.save();
  }

  private void finish() {
    if (finished) return;
    finished = true;
    for (ActiveCollection collection : collections)
      if (collection.push() != null) collection.push().reportConflicts();
    counts.flush();
    connection.close(Closure.NORMAL, "");
  }

  /**
   * Ends in good order: what is settled is saved, then the connection is closed; from any thread.
   */
  void stop() {
    talk.lane()
        .execute(
            () -> {
              if (talk.ended()) return;
              finishing = true;
              if (started) progressed();
              else finish();
            });
  }

  /** Ends now; from any thread. */
  void abandon() {
    talk.lane()
        .execute(
            () -> {
              if (talk.ended()) return;
              finished = true;
              connection.close(Closure.NORMAL, "");
            });
  }

  /** The peer's error concerns everything: the session is over. */
  void fail(BlipError refusal, String what) {
    if (error != null || talk.ended()) return;
    ReplicatorException wire = Faults.fromWire(refusal);
    error =
        new ReplicatorException(
            wire.getDomain(),
            wire.getCode(),
            wire.isTransient(),
            what + ": " + wire.getMessage(),
            null);
    connection.close(Faults.closeCode(refusal), what);
  }

  @Override
  public void drained() {
    for (ActiveCollection collection : collections)
      if (collection.push() != null) collection.push().wake();
  }

  @Override
  public void closed(Closure closure) {
    talk.end();
    blobs.end();
    for (ActiveCollection collection : collections)
      if (collection.push() != null) collection.push().end();
    counts.flush();
    if (error != null) owner.ended(error);
    else owner.ended(finished ? null : Faults.fromClosure(closure));
  }

  /** What it is waiting for; from any thread. */
  List<String> openWork() {
    List<String> work = new ArrayList<>(talk.ledger().describe());
    for (ActiveCollection collection : collections) {
      String holding = collection.rules().holding();
      if (holding != null)
        work.add("documents of " + collection.collection().getFullName() + " wait: " + holding);
    }
    return work;
  }
}
