// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The nodes of the story and their folders; whatever happens, they end with it. */
final class Cast implements AutoCloseable {
  /** What stopping may take, in s; then a node is killed. */
  private static final int STOP_SECONDS = 10;

  /** The same when the story has failed or was interrupted. */
  private static final int HURRIED_SECONDS = 3;

  private final Path nodeJar;
  private final Path application;
  private final Path folder;
  private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();

  Cast(Path nodeJar, Path application, Path folder) {
    this.nodeJar = nodeJar;
    this.application = application;
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close"));
  }

  Path nodeJar() {
    return nodeJar;
  }

  Home home(String name) throws IOException, StoryException {
    Path home = folder.resolve(name);
    if (Files.exists(home))
      throw new StoryException(home + " is there already, from another story; name a new --home");
    return Home.make(home, application);
  }

  NodeProcess start(String name, Home home) throws IOException {
    NodeProcess node = new NodeProcess(name, nodeJar, home);
    nodes.add(node);
    return node;
  }

  /** Stops all; false if one did not stop cleanly. */
  boolean stop() throws InterruptedException {
    return stop(STOP_SECONDS);
  }

  private boolean stop(int seconds) throws InterruptedException {
    nodes.forEach(NodeProcess::leave);
    boolean clean = true;
    for (NodeProcess node : nodes) clean &= node.ended(seconds);
    return clean;
  }

  /** Waits until all have ended. */
  void awaitEnd() throws InterruptedException {
    for (NodeProcess node : nodes) node.awaitEnd();
  }

  String logs() {
    return "Logs: " + String.join(", ", nodes.stream().map(n -> "" + n.home().log()).toList());
  }

  @Override
  public void close() {
    try {
      stop(HURRIED_SECONDS);
    } catch (InterruptedException e) {
      nodes.forEach(NodeProcess::kill);
    }
  }
}
