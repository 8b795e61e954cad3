// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.fake;

import dev.divan.database.ListenerToken;
import dev.divan.listener.ConnectionStatus;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.tls.TLSIdentity;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener on port 4984 of the interface that its configuration names, open from the beginning;
 * who is in is up to the test.
 */
public final class FakeListener {
  private static final int PORT = 4984;

  public final URLEndpointListener listener = Fake.of(URLEndpointListener.class, this);
  public final List<PassiveSession> sessions = new CopyOnWriteArrayList<>();
  public final List<Consumer<PassiveSession>> sessionListeners = new CopyOnWriteArrayList<>();

  /** What was asked of it: starts and stops. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  private final URLEndpointListenerConfiguration configuration;
  private volatile boolean stopped;

  public FakeListener(URLEndpointListenerConfiguration configuration) {
    this.configuration = configuration;
  }

  /** Lets somebody in, and tells those who want to know. */
  public void enters(PassiveSession session) {
    sessions.add(session);
    sessionListeners.forEach(each -> each.accept(session));
  }

  URLEndpointListenerConfiguration getConfiguration() {
    return configuration;
  }

  void start() {
    calls.add("start");
    stopped = false;
  }

  void stop() {
    calls.add("stop");
    stopped = true;
  }

  int getPort() {
    return stopped ? 0 : PORT;
  }

  List<URI> getUrls() {
    String scheme = configuration.isDisableTLS() ? "ws" : "wss";
    String host = configuration.getNetworkInterface();
    return stopped ? List.of() : List.of(URI.create(scheme + "://" + host + ":" + PORT + "/notes"));
  }

  ConnectionStatus getStatus() {
    int busy = (int) sessions.stream().filter(PassiveSession::busy).count();
    return new ConnectionStatus(sessions.size(), busy);
  }

  List<PassiveSession> getSessions() {
    return List.copyOf(sessions);
  }

  @Nullable TLSIdentity getTlsIdentity() {
    return configuration.getTlsIdentity();
  }

  ListenerToken addSessionListener(Consumer<PassiveSession> each) {
    sessionListeners.add(each);
    return () -> sessionListeners.remove(each);
  }
}
