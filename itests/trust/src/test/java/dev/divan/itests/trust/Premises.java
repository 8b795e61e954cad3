// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.database.Collection;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.listener.ListenerException;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.listener.door.Door;
import dev.divan.listener.door.Surroundings;
import dev.divan.listener.door.Terms;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.store.memory.MemoryStore;
import dev.divan.tls.keeper.Identities;
import dev.divan.tls.trust.Contexts;
import dev.divan.transport.Acceptor;
import dev.divan.transport.BindRequest;
import dev.divan.transport.jetty.JettyTransport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node in this JVM, put together by constructors as the bundles do it, so that its threads and
 * sockets can be counted; only the time for a handshake is given.
 */
final class Premises implements AutoCloseable {
  private final MemoryStore store = new MemoryStore();
  private final LocalDatabase database = new LocalDatabase("notes", store);
  private final JettyTransport transport = new JettyTransport();
  private final Threads threads = new Threads();
  private final ThreadPoolExecutor judging =
      new ThreadPoolExecutor(4, 4, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(200));
  private final Door door;
  private final boolean clear;

  Premises(
      Path home, boolean clear, Duration handshake, @Nullable ListenerAuthenticator authenticator)
      throws ListenerException {
    this.clear = clear;
    Acceptor acceptor =
        (request, doorkeeper) ->
            transport.bind(
                new BindRequest(
                    request.address(),
                    request.port(),
                    request.tls(),
                    request.clientCertificate(),
                    handshake,
                    request.heartbeat(),
                    request.maxConnections()),
                doorkeeper);
    door =
        new Door(
            new Surroundings(
                acceptor,
                new PassiveDoor(threads),
                new Contexts(),
                new Identities(home, Clock.systemUTC()),
                judging),
            Terms.of(
                new URLEndpointListenerConfiguration(Set.of(documents()))
                    .setDisableTLS(clear)
                    .setAuthenticator(authenticator)),
            () -> {});
    door.start();
  }

  private Collection documents() {
    return database.getDefaultCollection();
  }

  void write(String id) {
    documents().save(new MutableDocument(id));
  }

  Door door() {
    return door;
  }

  int port() {
    return door.getPort();
  }

  URI url() {
    return URI.create((clear ? "ws" : "wss") + "://127.0.0.1:" + port() + "/notes");
  }

  @Override
  public void close() {
    door.close();
    judging.shutdownNow();
    transport.close();
    threads.close();
    database.close();
    store.close();
  }
}
