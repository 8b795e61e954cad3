// SPDX-License-Identifier: Apache-2.0
package dev.divan.bench;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.Document;
import dev.divan.database.ListenerToken;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.store.files.Durability;
import dev.divan.store.xodus.XodusStore;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.jetty.JettyTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One database with what the harness asks of it. Commits are durable: every one is synced to disk.
 */
final class Peer implements AutoCloseable {
  private static final int BATCH = 1000;

  private final Threads threads = new Threads();
  private final JettyTransport transport = new JettyTransport();
  private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

  /** Peers that do not sync their commits are compared with one that does not either. */
  private static final Durability DURABILITY =
      Durability.valueOf(System.getProperty("divan.durability", "COMMIT"));

  private @Nullable XodusStore store;
  private @Nullable Database database;
  private @Nullable Binding binding;
  private @Nullable Replicator live;
  private @Nullable ListenerToken watch;

  Map<String, ?> run(Map<?, ?> command) throws Exception {
    return switch (String.valueOf(command.get("cmd"))) {
      case "init" -> init(Path.of((String) command.get("dir")));
      case "fill" -> fill(Path.of((String) command.get("file")), number(command, "n"));
      case "fillBlobs" -> fillBlobs(number(command, "n"), number(command, "size"));
      case "listen" -> listen();
      case "sync" ->
          sync(
              (String) command.get("url"),
              Boolean.TRUE.equals(command.get("push")),
              Boolean.TRUE.equals(command.get("pull")));
      case "live" -> live((String) command.get("url"));
      case "watch" -> watch();
      case "puts" ->
          puts(
              Path.of((String) command.get("file")),
              number(command, "n"),
              ((Number) command.get("intervalMs")).doubleValue(),
              number(command, "from"));
      case "lat" -> Map.of("lat", List.copyOf(latencies));
      case "count" -> Map.of("n", collection().getCount());
      case "localWrites" ->
          localWrites(Path.of((String) command.get("file")), number(command, "n"));
      case "localReads" -> localReads(number(command, "n"));
      case "localAll" -> localAll();
      default -> throw new IllegalArgumentException("unknown command: " + command.get("cmd"));
    };
  }

  private static int number(Map<?, ?> command, String key) {
    return command.get(key) instanceof Number number ? number.intValue() : 0;
  }

  private Database database() {
    if (database == null) throw new IllegalStateException("init comes first");
    return database;
  }

  private Collection collection() {
    return database().getDefaultCollection();
  }

  private Map<String, ?> init(Path directory) {
    store = new XodusStore(directory, DURABILITY, 32);
    database = new LocalDatabase("db", store);
    return Map.of();
  }

  private static void lines(Path file, int n, Line each) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line;
      for (int i = 0; i < n && (line = reader.readLine()) != null; i++) {
        int tab = line.indexOf('\t');
        each.accept(line.substring(0, tab), line.substring(tab + 1));
      }
    }
  }

  private interface Line {
    void accept(String id, String json);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private Map<String, ?> fill(Path file, int n) throws IOException {
    long begun = System.nanoTime();
    List<MutableDocument> batch = new ArrayList<>();
    int[] count = {0};
    lines(
        file,
        n,
        (id, json) -> {
          batch.add(new MutableDocument(id, json));
          count[0]++;
          if (batch.size() == BATCH) save(batch);
        });
    save(batch);
    return Map.of("ms", since(begun), "n", count[0]);
  }

  private void save(List<MutableDocument> batch) {
    database().inBatch(() -> batch.forEach(collection()::save));
    batch.clear();
  }

  private Map<String, ?> fillBlobs(int n, int size) {
    Random random = new Random(42);
    for (int i = 0; i < n; i++) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      collection()
          .save(
              new MutableDocument("blob-" + i)
                  .setBlob("b", new Blob("application/octet-stream", bytes)));
    }
    return Map.of();
  }

  private Map<String, ?> listen() throws Exception {
    PassiveDoor door = new PassiveDoor(threads);
    PassiveConfiguration shared = new PassiveConfiguration(List.of(collection()), false, false);
    Binding bound =
        transport.bind(
            new BindRequest(
                InetAddress.getLoopbackAddress(),
                0,
                null,
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(300),
                100),
            request ->
                CompletableFuture.completedFuture(
                    new UpgradeDecision.Accept(
                        request.protocols().get(0),
                        channel ->
                            door.serve(
                                channel,
                                shared,
                                new PeerContext("bench", channel.remote(), null, Set.of())))));
    binding = bound;
    return Map.of("url", "ws://127.0.0.1:" + bound.port() + "/db");
  }

  private Replicator replicator(String url, ReplicatorType type, boolean continuous) {
    return new ActiveReplicator(
        new ReplicatorConfiguration(URLEndpoint.of(url))
            .addCollection(collection())
            .setType(type)
            .setContinuous(continuous)
            .setMaxAttempts(1),
        transport,
        null,
        threads);
  }

  private Map<String, ?> sync(String url, boolean push, boolean pull) throws Exception {
    long begun = System.nanoTime();
    ReplicatorType type =
        push && pull
            ? ReplicatorType.PUSH_AND_PULL
            : push ? ReplicatorType.PUSH : ReplicatorType.PULL;
    Replicator replicator = replicator(url, type, false);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicReference<@Nullable ReplicatorException> error = new AtomicReference<>();
    replicator.addChangeListener(
        change -> {
          if (change.status().activityLevel() == ReplicatorActivityLevel.STOPPED) {
            error.set(change.status().error());
            stopped.countDown();
          }
        });
    replicator.start();
    stopped.await();
    double ms = since(begun);
    ReplicatorException failure = error.get();
    if (failure != null) throw failure;
    return Map.of("ms", ms);
  }

  private Map<String, ?> live(String url) {
    live = replicator(url, ReplicatorType.PULL, true);
    live.start();
    return Map.of();
  }

  private Map<String, ?> watch() {
    latencies.clear();
    if (watch == null)
      watch =
          collection()
              .addChangeListener(
                  change -> {
                    for (String id : change.documentIDs()) {
                      Document document = collection().getDocument(id);
                      if (document != null && document.contains("t"))
                        latencies.add(System.nanoTime() - document.getLong("t"));
                    }
                  });
    return Map.of();
  }

  private Map<String, ?> puts(Path file, int n, double intervalMs, int from) throws Exception {
    List<String> bodies = new ArrayList<>();
    lines(file, n, (id, json) -> bodies.add(json));
    long begun = System.nanoTime();
    CountDownLatch done = new CountDownLatch(n);
    try (Pace pace = new Pace()) {
      for (int i = 0; i < n; i++) {
        int at = i;
        pace.at(
            begun + (long) (i * intervalMs * 1e6),
            () -> {
              MutableDocument document =
                  new MutableDocument("put-" + (from + at), bodies.get(at % bodies.size()));
              document.setLong("t", System.nanoTime());
              collection().save(document);
              done.countDown();
            });
      }
      done.await();
    }
    return Map.of("ms", since(begun));
  }

  /** Runs things at their time, not at the end of the one before. */
  private static final class Pace implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    void at(long nanoTime, Runnable work) {
      timer.schedule(work, Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
      timer.shutdown();
    }
  }

  private Map<String, ?> localWrites(Path file, int n) throws IOException {
    long begun = System.nanoTime();
    lines(file, n, (id, json) -> collection().save(new MutableDocument("w-" + id, json)));
    return Map.of("ms", since(begun));
  }

  private Map<String, ?> localReads(int n) {
    long begun = System.nanoTime();
    long sum = 0;
    for (int i = 0; i < n; i++) {
      Document document = collection().getDocument(String.format("order-%07d", i));
      if (document != null) sum += document.getLong("number");
    }
    return Map.of("ms", since(begun), "sum", sum);
  }

  private Map<String, ?> localAll() {
    long begun = System.nanoTime();
    long[] count = {0};
    collection()
        .forEach(
            document -> {
              if (document.getLong("number") >= 0) count[0]++;
            });
    return Map.of("ms", since(begun), "n", count[0]);
  }

  @Override
  public void close() {
    if (live != null) live.close();
    if (binding != null) binding.close();
    if (database != null) database.close();
    if (store != null) store.close();
    transport.close();
    threads.close();
  }
}
