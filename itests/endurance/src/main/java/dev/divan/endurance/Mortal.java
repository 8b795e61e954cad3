// SPDX-License-Identifier: Apache-2.0
package dev.divan.endurance;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.store.xodus.XodusStore;
import dev.divan.transport.Acceptor;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.jetty.JettyTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Reads commands, one a line, and prints what it has done. What it acknowledges is durable. */
public final class Mortal {
  private final LocalDatabase database;
  private final XodusStore store;
  private final JettyTransport transport = new JettyTransport();
  private final Threads threads = new Threads();
  private @Nullable Thread writer;
  private volatile boolean writing;

  private Mortal(Path directory) {
    store = new XodusStore(directory);
    database = new LocalDatabase("db", store);
  }

  /** Argument: the directory. */
  public static void main(String[] arguments) throws Exception {
    Mortal mortal = new Mortal(Path.of(arguments[0]));
    System.out.println("open");
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line; (line = in.readLine()) != null; ) {
        String[] words = line.split(" ");
        if (words[0].equals("quit")) break;
        mortal.run(words);
      }
    }
    mortal.close();
    System.out.println("closed");
    System.exit(0);
  }

  private void run(String[] words) throws Exception {
    switch (words[0]) {
      case "listen" -> listen(Integer.parseInt(words[1]));
      case "dial" -> replicator(words[1], true, ReplicatorType.PUSH_AND_PULL).start();
      case "write" -> write(words[1]);
      case "quiet" -> quiet();
      case "fill" -> fill(Integer.parseInt(words[1]));
      case "blob" -> blob(Long.parseLong(words[1]));
      case "pull" -> once(words[1], ReplicatorType.PULL);
      case "push" -> once(words[1], ReplicatorType.PUSH);
      case "digest" -> System.out.println("digest " + Contents.digest(documents()));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private Collection documents() {
    return database.getDefaultCollection();
  }

  private void listen(int port) throws Acceptor.BindException {
    PassiveDoor door = new PassiveDoor(threads);
    PassiveConfiguration shared = new PassiveConfiguration(List.of(documents()), false, false);
    Binding binding =
        transport.bind(
            new BindRequest(
                InetAddress.getLoopbackAddress(),
                port,
                null,
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(300),
                10),
            request ->
                CompletableFuture.completedFuture(
                    new UpgradeDecision.Accept(
                        request.protocols().get(0),
                        channel ->
                            door.serve(
                                channel,
                                shared,
                                new PeerContext("test", channel.remote(), null, Set.of())))));
    System.out.println("listening ws://127.0.0.1:" + binding.port() + "/db");
  }

  private Replicator replicator(String url, boolean continuous, ReplicatorType type) {
    return new ActiveReplicator(
        new ReplicatorConfiguration(URLEndpoint.of(url))
            .addCollection(documents())
            .setType(type)
            .setContinuous(continuous)
            .setMaxAttemptWaitTime(Duration.ofSeconds(1)),
        transport,
        null,
        threads);
  }

  private void once(String url, ReplicatorType type) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Replicator replicator = replicator(url, false, type)) {
      replicator.addChangeListener(
          change -> {
            if (change.status().activityLevel() == ReplicatorActivityLevel.STOPPED)
              stopped.countDown();
          });
      replicator.start();
      stopped.await();
      System.out.println("done " + replicator.getStatus());
    }
  }

  /** New documents and changes of them, acknowledged one by one. */
  private void write(String prefix) {
    writing = true;
    Thread thread =
        new Thread(
            () -> {
              for (int n = 0; writing; n++) {
                String id = prefix + "-" + n;
                documents().save(new MutableDocument(id).setInt("n", n).setString("text", id));
                System.out.println("ack " + id);
              }
            },
            "writer");
    writer = thread;
    thread.start();
  }

  private void quiet() throws InterruptedException {
    writing = false;
    if (writer != null) writer.join();
    System.out.println("quiet");
  }

  private void fill(int count) {
    String text = "x".repeat(900);
    for (int from = 0; from < count; from += 1000) {
      int first = from;
      database.inBatch(
          () -> {
            for (int n = first; n < Math.min(count, first + 1000); n++)
              documents()
                  .save(new MutableDocument("doc-" + n).setInt("n", n).setString("text", text));
          });
    }
    System.out.println("filled " + documents().getCount());
  }

  private void blob(long bytes) {
    documents()
        .save(
            new MutableDocument("blob")
                .setBlob("b", new Blob("application/octet-stream", new Noise(bytes))));
    System.out.println("filled " + documents().getCount());
  }

  private void close() throws IOException {
    transport.close();
    database.close();
    store.close();
    threads.close();
  }
}
