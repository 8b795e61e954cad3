// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.Replica;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.database.replica.Revision;
import dev.divan.json.Json;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.await.Await;
import dev.divan.transport.Acceptor.BindException;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Channel;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Dialer;
import dev.divan.transport.UpgradeDecision.Accept;
import dev.divan.transport.loopback.Impairment;
import dev.divan.transport.loopback.Loopback;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** A small world: databases in memory, passive and active peers, and scripted ones, on a line. */
public final class Nodes implements AutoCloseable {
  private static final String PROTOCOL = "BLIP_3+CBMobile_3";
  private static final int ALL = 1_000_000;

  private final MemoryStore store = new MemoryStore();
  private final Loopback loopback = new Loopback();
  private final Threads threads;
  private final PassiveDoor door;
  private final List<LocalDatabase> databases = new ArrayList<>();
  private final List<Loopback> others = new CopyOnWriteArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<PassiveSession> sessions = new CopyOnWriteArrayList<>();
  private final Map<Integer, Consumer<Channel>> bound = new TreeMap<>();
  private int nextPort = 100;

  public Nodes() {
    this(new Threads());
  }

  /** With a timer of the test's. */
  public Nodes(ScheduledExecutorService timer) {
    this(new Threads(timer));
  }

  private Nodes(Threads threads) {
    this.threads = threads;
    this.door = new PassiveDoor(threads);
  }

  public LocalDatabase database(String name) {
    LocalDatabase database = new LocalDatabase(name, store);
    databases.add(database);
    return database;
  }

  // Passive peers.

  public URLEndpoint serve(Database database) {
    return serve(new PassiveConfiguration(List.of(database.getDefaultCollection()), false, true));
  }

  public URLEndpoint serve(PassiveConfiguration configuration) {
    PeerContext client = new PeerContext("client", "client", null, Set.of());
    return bind(channel -> sessions.add(door.serve(channel, configuration, client)));
  }

  /** The latest connection of a client. */
  public PassiveSession session() {
    return sessions.get(sessions.size() - 1);
  }

  private URLEndpoint bind(Consumer<Channel> opened) {
    int port = nextPort++;
    bound.put(port, opened);
    bind(loopback, port, opened);
    return URLEndpoint.of("loopback://node:" + port + "/db");
  }

  private static void bind(Loopback line, int port, Consumer<Channel> opened) {
    try {
      line.bind(
          new BindRequest(null, port, null, false, Duration.ofSeconds(5), Duration.ZERO, 1000),
          request -> CompletableFuture.completedStage(new Accept(PROTOCOL, opened)));
    } catch (BindException e) {
      throw new AssertionError(e);
    }
  }

  /** A scripted client of a passive peer. */
  public ScriptedPeer client(URLEndpoint endpoint) {
    return new ScriptedPeer(dial(endpoint), threads.lanes().lane());
  }

  public Channel dial(URLEndpoint endpoint) {
    return Await.result(
        loopback.dial(
            new DialRequest(
                endpoint.url(),
                List.of(PROTOCOL),
                Map.of(),
                null,
                Duration.ofSeconds(5),
                Duration.ZERO)),
        "a channel");
  }

  // Active peers.

  /** Where a scripted server waits, and whoever has come. */
  public record Stage(URLEndpoint endpoint, BlockingQueue<ScriptedPeer> arriving) {
    /** The next to arrive. */
    public ScriptedPeer next() {
      return Await.next(arriving, () -> "a connection");
    }
  }

  /** A scripted server. */
  public Stage stage() {
    BlockingQueue<ScriptedPeer> arriving = new LinkedBlockingQueue<>();
    return new Stage(
        bind(channel -> arriving.add(new ScriptedPeer(channel, threads.lanes().lane()))), arriving);
  }

  public Dialer line() {
    return loopback;
  }

  /** A worse line to the same peers. */
  public Dialer line(Impairment impairment) {
    Loopback line = new Loopback(impairment);
    others.add(line);
    bound.forEach((port, opened) -> bind(line, port, opened));
    return line;
  }

  public Run start(ReplicatorConfiguration configuration) {
    return start(configuration, loopback);
  }

  public Run start(ReplicatorConfiguration configuration, Dialer dialer) {
    return start(configuration, dialer, false);
  }

  public Run start(ReplicatorConfiguration configuration, Dialer dialer, boolean reset) {
    Run run = new Run(new ActiveReplicator(configuration, dialer, null, threads), reset);
    runs.add(run);
    return run;
  }

  // Documents.

  public static void save(Database database, String id, String json) {
    save(database.getDefaultCollection(), id, json);
  }

  public static void save(Collection collection, String id, String json) {
    var before = collection.getDocument(id);
    MutableDocument document = before == null ? new MutableDocument(id) : before.toMutable();
    collection.save(document.setJSON(json.replace('\'', '"')));
  }

  public static void delete(Database database, String id) {
    Collection collection = database.getDefaultCollection();
    var document = collection.getDocument(id);
    assertNotNull(document, id);
    collection.delete(document);
  }

  public static Replica replica(Collection collection) {
    ReplicaDatabase replicas = collection.getDatabase().adapt(ReplicaDatabase.class);
    assertNotNull(replicas);
    return replicas.replica(collection);
  }

  /** The revision ID of a document, deleted or not. */
  public static String rev(Database database, String id) {
    Change change = replica(database.getDefaultCollection()).change(id, null);
    assertNotNull(change, id);
    return change.revID();
  }

  /** All documents, the deleted too: what peers must agree upon. */
  public static Map<String, String> content(Collection collection) {
    Map<String, String> content = new TreeMap<>();
    Replica replica = replica(collection);
    for (Change change : replica.changes(0, ALL, null)) {
      Revision revision = replica.read(change.documentID(), change.revID());
      if (revision != null)
        content.put(
            change.documentID(),
            change.revID()
                + (revision.deleted() ? " deleted " : " ")
                + new String(Json.canonical(revision.body()), StandardCharsets.UTF_8));
    }
    return content;
  }

  public static Map<String, String> content(Database database) {
    return content(database.getDefaultCollection());
  }

  public static void assertEqual(Database one, Database other) {
    assertEquals(content(one), content(other));
  }

  public static void becomeEqual(Database one, Database other) {
    Await.until(
        () -> "equal: " + content(one) + " and " + content(other),
        () -> content(one).equals(content(other)));
  }

  @Override
  public void close() {
    for (Run run : runs) run.close();
    for (Loopback line : others) line.close();
    loopback.close();
    for (LocalDatabase database : databases) database.close();
    threads.close();
    store.close();
  }
}
