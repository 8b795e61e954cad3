// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import dev.divan.database.Collection;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.store.memory.MemoryStore;
import dev.divan.tls.trust.Contexts;
import dev.divan.transport.jetty.JettyTransport;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Somebody who writes at a node's side door all the time, and only pushes. */
final class LiveWriter implements AutoCloseable {
  private final MemoryStore store = new MemoryStore();
  private final LocalDatabase database = new LocalDatabase("writer", store);
  private final JettyTransport transport = new JettyTransport();
  private final Threads threads = new Threads();
  private final Set<String> written = new ConcurrentSkipListSet<>();
  private final String prefix;
  private final Replicator replicator;
  private int next;

  LiveWriter(String prefix, URI door) {
    this.prefix = prefix;
    replicator =
        new ActiveReplicator(
            new ReplicatorConfiguration(new URLEndpoint(door))
                .addCollection(documents())
                .setType(ReplicatorType.PUSH)
                .setContinuous(true),
            transport,
            new Contexts(),
            threads);
    replicator.start();
  }

  private Collection documents() {
    return database.getDefaultCollection();
  }

  /** Some new documents, and a further revision of an earlier one. By one thread. */
  void write(int count) {
    for (int i = 0; i < count; i++) save(prefix + "-" + next++);
    Document earlier = documents().getDocument(prefix + "-" + next / 2);
    documents().save(Objects.requireNonNull(earlier).toMutable().setValue("again", next));
  }

  /** One of this name, which others write as well. By any thread. */
  void save(String id) {
    documents().save(new MutableDocument(id).setValue("from", prefix).setValue("number", id));
    written.add(id);
  }

  Set<String> written() {
    return written;
  }

  String status() {
    return prefix + " " + replicator.getStatus() + " " + replicator.openWork();
  }

  @Override
  public void close() {
    replicator.close();
    transport.close();
    threads.close();
    database.close();
    store.close();
  }
}
