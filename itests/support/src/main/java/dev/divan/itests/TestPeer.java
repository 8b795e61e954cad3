// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.database.Collection;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.store.memory.MemoryStore;
import dev.divan.tls.trust.Contexts;
import dev.divan.transport.jetty.JettyTransport;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An active peer in this JVM, on a database in memory, put together by constructors: what a test
 * looks into nodes with, and where it writes.
 */
public final class TestPeer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private final MemoryStore store = new MemoryStore();
  private final LocalDatabase database = new LocalDatabase("peer", store);
  private final JettyTransport transport = new JettyTransport();
  private final Contexts contexts = new Contexts();
  private final Threads threads = new Threads();

  public Collection documents() {
    return database.getDefaultCollection();
  }

  /** Saves a document with one property, {@code text}. */
  public void write(String id, String text) {
    Document present = documents().getDocument(id);
    MutableDocument document = present == null ? new MutableDocument(id) : present.toMutable();
    document.setValue("text", text);
    documents().save(document);
  }

  /** The property {@code text} of a document; null if there is none. */
  public @Nullable String read(String id) {
    Document document = documents().getDocument(id);
    return document == null ? null : document.getString("text");
  }

  /** A one-shot configuration, content with a self-signed certificate. */
  public ReplicatorConfiguration to(URI url) {
    return new ReplicatorConfiguration(new URLEndpoint(url))
        .addCollection(documents())
        .setAcceptOnlySelfSignedServerCertificate(true)
        .setMaxAttempts(1);
  }

  public ReplicatorConfiguration to(URI url, String user, String password) {
    return to(url).setAuthenticator(new BasicAuthenticator(user, password.toCharArray()));
  }

  /** Replicates once, both ways. */
  public void sync(URI url) throws InterruptedException {
    sync(to(url));
  }

  public void sync(ReplicatorConfiguration configuration) throws InterruptedException {
    ReplicatorException error = run(configuration);
    if (error != null)
      throw new AssertionError("replication with " + configuration.getTarget(), error);
  }

  /** Replicates once; null if that went well. */
  public @Nullable ReplicatorException run(ReplicatorConfiguration configuration)
      throws InterruptedException {
    try (Replicator replicator =
        new ActiveReplicator(configuration, transport, contexts, threads)) {
      CountDownLatch stopped = new CountDownLatch(1);
      replicator.addChangeListener(
          change -> {
            if (change.getStatus().getActivityLevel() == ReplicatorActivityLevel.STOPPED)
              stopped.countDown();
          });
      replicator.start();
      if (!stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
        throw new AssertionError(replicator.getStatus() + " " + replicator.openWork());
      return replicator.getStatus().getError();
    }
  }

  /** Stays connected until a document reads so; for what other replicators bring. */
  public void awaitText(ReplicatorConfiguration configuration, String id, @Nullable String text)
      throws InterruptedException {
    try (Replicator replicator =
        new ActiveReplicator(
            configuration.setContinuous(true).setMaxAttempts(0), transport, contexts, threads)) {
      replicator.start();
      Await.that(
          () -> Objects.equals(text, read(id)),
          () -> id + " is " + read(id) + ", " + replicator.getStatus());
    }
  }

  @Override
  public void close() {
    transport.close();
    threads.close();
    database.close();
    store.close();
  }
}
