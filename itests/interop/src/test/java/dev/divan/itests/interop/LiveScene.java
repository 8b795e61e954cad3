// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.itests.Await;
import dev.divan.itests.NodeProcess;
import dev.divan.itests.TestPeer;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.URLEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Two nodes, a real client, and documents that flow all the time: a writer at each node, {@code hq}
 * and {@code field} alike by a replicator, and the client pulls from {@code hq}.
 */
final class LiveScene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  final int port = freePort();
  final LiveFiles files;
  final NodeProcess hq;
  final NodeProcess field;
  final LiveBeans beans;
  final LiveWriter hqWriter;
  final LiveWriter fieldWriter;
  final LivePhone phone;
  private final int least;
  private final int window;
  private volatile int conflicts;
  private volatile boolean enough;
  private final CompletableFuture<Void> flow;

  /**
   * @param least how many documents shall flow at least
   */
  LiveScene(Path home, int least) throws Exception {
    this.least = least;
    this.window = Math.max(200, least / 50);
    files = new LiveFiles(home, door(port));
    files.layHq();
    hq = NodeProcess.start(files.hqHome);
    beans = new LiveBeans(files.hqHome);
    hq.awaitLog("listening " + door(port));
    byte[] certificate = Certificates.of(door(port));
    files.layField(beans.fingerprint("day"), beans.fingerprint("night"), certificate);
    field = NodeProcess.start(files.fieldHome);
    phone =
        new LivePhone(
            new Client(home, door(port))
                .as(LiveFiles.USER, LiveFiles.PASSWORD)
                .pinning(certificate));
    hqWriter = new LiveWriter("a", clear(hq));
    fieldWriter = new LiveWriter("b", clear(field));
    flow = CompletableFuture.runAsync(this::flow);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static URI door(int port) {
    return URI.create("wss://127.0.0.1:" + port + "/notes");
  }

  /** The side door of a node. */
  static URI clear(NodeProcess node) throws InterruptedException {
    Await.that(() -> node.lines().stream().anyMatch(LiveScene::isClear), node::log);
    String line = node.lines().stream().filter(LiveScene::isClear).findFirst().orElseThrow();
    return URI.create(line.substring("listening ".length()));
  }

  private static boolean isClear(String line) {
    return line.startsWith("listening ws://");
  }

  /** Always a window full of documents under way, until it is enough. */
  private void flow() {
    while (!enough || count() < least) {
      if (count() - phone.count() < window) {
        hqWriter.write(10);
        fieldWriter.write(10);
      } else {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      }
    }
  }

  /** How many have been written. */
  int count() {
    return hqWriter.written().size() + fieldWriter.written().size() - conflicts;
  }

  /** Has both write the same document. By one thread. */
  void conflict() {
    String id = "c-" + conflicts;
    hqWriter.save(id);
    fieldWriter.save(id);
    conflicts++;
  }

  /** How many properties have been changed. */
  int changes() {
    return files.replicator.changes() + files.listener.changes() + files.database.changes();
  }

  /** Waits until the client has more documents than now. */
  void awaitFlow() throws InterruptedException {
    long before = phone.count();
    Await.that(
        PATIENCE,
        () -> phone.count() > before || flow.isDone(),
        () -> "the flow stands still" + state());
    if (flow.isCompletedExceptionally()) flow.join();
  }

  /** Lets the flow run dry; the names of all that was written. */
  Set<String> dry() throws InterruptedException {
    enough = true;
    Await.that(Duration.ofMinutes(20), flow::isDone, this::state);
    flow.join();
    Set<String> all = new TreeSet<>(hqWriter.written());
    all.addAll(fieldWriter.written());
    return all;
  }

  /** Waits until client and replicator are connected at the main door. */
  Set<String> awaitSessions() throws Exception {
    Await.that(PATIENCE, () -> beans.sessions().size() == 2, () -> beansNow() + state());
    return beans.sessions();
  }

  private String beansNow() {
    try {
      return beans.sessions().toString();
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** Whether somebody new with this password is let in. */
  boolean admits(int at, String password) throws InterruptedException {
    try (TestPeer peer = new TestPeer()) {
      return peer.run(login(peer, door(at), password)) == null;
    }
  }

  private static ReplicatorConfiguration login(TestPeer peer, URI url, String password) {
    return new ReplicatorConfiguration(new URLEndpoint(url))
        .addCollection(
            new CollectionConfiguration(peer.documents()).setDocumentIDs(List.of("none")))
        .setAcceptOnlySelfSignedServerCertificate(true)
        .setAuthenticator(new BasicAuthenticator(LiveFiles.USER, password.toCharArray()))
        .setMaxAttempts(1);
  }

  String state() {
    return "\n"
        + String.join("\n", phone.status(), hqWriter.status(), fieldWriter.status())
        + "\nwritten "
        + count()
        + "\nhq\n"
        + tail(hq)
        + "\nfield\n"
        + tail(field);
  }

  private static String tail(NodeProcess node) {
    var lines = node.log().lines().filter(line -> !line.contains("conflict of")).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }

  @Override
  public void close() throws Exception {
    enough = true;
    try (hq;
        field;
        beans;
        hqWriter;
        fieldWriter;
        phone) {
      flow.cancel(false);
    }
  }
}
