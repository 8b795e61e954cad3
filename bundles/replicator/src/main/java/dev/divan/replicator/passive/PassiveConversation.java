// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.blip.BlipError;
import dev.divan.blip.Connection;
import dev.divan.blip.Handler;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Lane;
import dev.divan.blip.Limits;
import dev.divan.blip.Properties;
import dev.divan.database.Collection;
import dev.divan.database.ListenerToken;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.conversation.BlobIntake;
import dev.divan.replicator.conversation.BlobOutlet;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client being served. Requests come on the lane, one at a time, and each is answered once;
 * what a client sends can cost it its connection, nothing else.
 */
final class PassiveConversation implements PassiveSession, Handler {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private final PassiveConfiguration configuration;
  private final PeerContext peer;
  private final Instant since = Instant.now();
  private final CountedChannel counted;
  private final Connection connection;
  private final Talk talk;
  private final BlobIntake blobIntake;
  private final BlobOutlet blobOutlet;
  private final PassiveCheckpoints checkpoints;
  private final PassiveCounts counts = new PassiveCounts();
  private final CompletableFuture<Closure> closed = new CompletableFuture<>();
  private final ListenerToken databaseHook;

  /** The collections agreed on, in the client's order; null while none were spoken of. */
  private @Nullable List<@Nullable PassiveCollection> collections;

  private @Nullable PassiveCollection defaultCollection;
  private boolean spoken;

  PassiveConversation(
      Channel channel,
      Lane lane,
      Executor workers,
      PassiveConfiguration configuration,
      PeerContext peer) {
    this.configuration = configuration;
    this.peer = peer;
    ReplicaDatabase database =
        configuration.collections().get(0).getDatabase().adapt(ReplicaDatabase.class);
    if (database == null) throw new IllegalArgumentException("this database cannot be replicated");
    this.counted = new CountedChannel(channel);
    this.connection = new Connection(counted, lane, Limits.DEFAULT, this);
    this.talk = new Talk(connection, lane, workers, database, channel.metered());
    this.blobIntake = new BlobIntake(talk);
    this.blobOutlet = new BlobOutlet(talk);
    this.checkpoints = new PassiveCheckpoints(talk);
    this.databaseHook =
        database.onClose(() -> close(Closure.TRANSIENT, "the database is being closed"));
  }

  void start() {
    connection.start();
  }

  @Override
  public void request(IncomingRequest request) {
    switch (request.profile()) {
      case Profile.GET_COLLECTIONS -> getCollections(request);
      case Profile.GET_CHECKPOINT,
          Profile.SET_CHECKPOINT,
          Profile.GET_ATTACHMENT,
          Profile.PROVE_ATTACHMENT,
          Profile.SUB_CHANGES,
          Profile.PROPOSE_CHANGES,
          Profile.CHANGES,
          Profile.REV ->
          aboutCollection(request);
      case Profile.NOREV -> request.respond();
      default -> request.fail(BlipError.noHandler());
    }
    spoken = true;
  }

  private void aboutCollection(IncomingRequest request) {
    PassiveCollection collection = collectionOf(request);
    if (collection == null) return;
    switch (request.profile()) {
      // These belong to the database; but the property must be right on every request.
      case Profile.GET_CHECKPOINT -> checkpoints.get(request);
      case Profile.SET_CHECKPOINT -> checkpoints.set(request);
      case Profile.GET_ATTACHMENT -> blobOutlet.get(request);
      case Profile.PROVE_ATTACHMENT -> blobOutlet.prove(request);
      case Profile.SUB_CHANGES -> collection.subscribe(request);
      case Profile.PROPOSE_CHANGES -> {
        if (configuration.readOnly()) request.fail(Faults.readOnly());
        else collection.proposals().propose(request);
      }
      case Profile.REV -> {
        if (configuration.readOnly()) request.fail(Faults.readOnly());
        else collection.proposals().revision(request);
      }
      default ->
          request.fail(configuration.readOnly() ? Faults.readOnly() : Faults.useProposeChanges());
    }
  }

  /** The collection a request is about; null if that was answered with an error. */
  private @Nullable PassiveCollection collectionOf(IncomingRequest request) {
    String index = request.properties().get(Profile.COLLECTION);
    List<@Nullable PassiveCollection> agreed = collections;
    if (agreed == null) {
      if (index != null) request.fail(Faults.collectionOutOfPlace());
      else if (defaultCollection() == null) {
        request.fail(
            new BlipError(
                BlipError.BLIP, 400, "This server is not configured for 3.0 client support"));
        close(Closure.PERMANENT, "the default collection is not shared here");
      } else return defaultCollection;
      return null;
    }
    long number =
        index == null || index.isEmpty() ? -1 : request.properties().number(Profile.COLLECTION, -1);
    if (number < 0) request.fail(Faults.collectionOutOfPlace());
    else if (number >= agreed.size()) request.fail(Faults.collectionOutOfRange());
    else {
      PassiveCollection collection = agreed.get((int) number);
      if (collection == null) request.fail(Faults.collectionNotShared());
      return collection;
    }
    return null;
  }

  private @Nullable PassiveCollection defaultCollection() {
    if (defaultCollection == null) {
      Collection shared = shared("_default");
      if (shared != null) defaultCollection = collection(shared, -1);
    }
    return defaultCollection;
  }

  private PassiveCollection collection(Collection shared, int index) {
    return new PassiveCollection(
        talk,
        new Topic(talk.database().replica(shared), index),
        blobIntake,
        counts,
        configuration,
        peer);
  }

  private void getCollections(IncomingRequest request) {
    if (spoken) {
      request.fail(Faults.invalidGetCollections("it must come first"));
      return;
    }
    CollectionsRequest wanted;
    try {
      wanted = CollectionsRequest.parse(request.body());
    } catch (CollectionsRequest.InvalidException e) {
      request.fail(Faults.invalidGetCollections(String.valueOf(e.getMessage())));
      return;
    }
    List<@Nullable PassiveCollection> agreed = new ArrayList<>();
    for (int i = 0; i < wanted.names().size(); i++) {
      Collection shared = shared(wanted.names().get(i));
      agreed.add(shared == null ? null : collection(shared, i));
    }
    collections = agreed;
    talk.answer(request, Properties.EMPTY, checkpoints.answer(wanted, agreed));
  }

  private @Nullable Collection shared(String name) {
    for (Collection collection : configuration.collections())
      if (CollectionsRequest.name(collection).equals(name)) return collection;
    return null;
  }

  @Override
  public void drained() {
    forEachCollection(PassiveCollection::wake);
  }

  private void forEachCollection(java.util.function.Consumer<PassiveCollection> action) {
    if (defaultCollection != null) action.accept(defaultCollection);
    if (collections != null)
      for (PassiveCollection collection : collections)
        if (collection != null) action.accept(collection);
  }

  @Override
  public void closed(Closure closure) {
    talk.end();
    databaseHook.remove();
    blobIntake.end();
    forEachCollection(PassiveCollection::end);
    if (closure.code() != Closure.NORMAL)
      LOG.info("{} left: {} {}", peer.address(), closure.code(), closure.reason());
    closed.complete(closure);
  }

  @Override
  public PeerContext peer() {
    return peer;
  }

  @Override
  public Instant since() {
    return since;
  }

  @Override
  public boolean busy() {
    return talk.ledger().isBusy();
  }

  @Override
  public long sent() {
    return counts.sentDocuments();
  }

  @Override
  public long received() {
    return counts.receivedDocuments();
  }

  @Override
  public long bytesSent() {
    return counted.sent();
  }

  @Override
  public long bytesReceived() {
    return counted.received();
  }

  @Override
  public void close(int code, String reason) {
    connection.close(code, reason);
  }

  @Override
  public CompletionStage<Closure> closed() {
    return closed.minimalCompletionStage();
  }
}
