// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import dev.divan.database.Collection;
import dev.divan.listener.ListenerException;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.PassiveSession;
import dev.divan.tls.TLSIdentity;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A listener for consoles. */
public final class ManagedListener implements ListenerMXBean {
  /** Rows a console may ask for; a listener may be allowed far more connections. */
  static final int MAX_SESSIONS = 1000;

  private final String name;
  private final Supplier<@Nullable String> authenticator;
  private final URLEndpointListener listener;

  /**
   * @param authenticator the name its configuration gives now
   */
  public ManagedListener(
      String name, Supplier<@Nullable String> authenticator, URLEndpointListener listener) {
    this.name = name;
    this.authenticator = authenticator;
    this.listener = listener;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getDatabase() {
    return listener.getConfiguration().getCollections().get(0).getDatabase().getName();
  }

  @Override
  public String[] getCollections() {
    return listener.getConfiguration().getCollections().stream()
        .map(Collection::getFullName)
        .toArray(String[]::new);
  }

  @Override
  public int getPort() {
    return listener.getPort();
  }

  @Override
  public String[] getUrls() {
    return listener.getUrls().stream().map(URI::toString).toArray(String[]::new);
  }

  @Override
  public boolean isTls() {
    return !listener.getConfiguration().isDisableTLS();
  }

  @Override
  public @Nullable String getIdentity() {
    TLSIdentity identity = listener.getTlsIdentity();
    return identity == null ? null : identity.getLabel();
  }

  @Override
  public @Nullable String getFingerprint() {
    TLSIdentity identity = listener.getTlsIdentity();
    return identity == null ? null : identity.getFingerprint();
  }

  @Override
  public @Nullable String getAuthenticator() {
    return authenticator.get();
  }

  @Override
  public boolean isAuthenticatorPresent() {
    return listener.getConfiguration().getAuthenticator() != null;
  }

  @Override
  public boolean isReadOnly() {
    return listener.getConfiguration().isReadOnly();
  }

  @Override
  public int getMaxConnections() {
    return listener.getConfiguration().getMaxConnections();
  }

  @Override
  public int getConnections() {
    return listener.getStatus().connectionCount();
  }

  @Override
  public int getActiveConnections() {
    return listener.getStatus().activeConnectionCount();
  }

  @Override
  public Map<String, PeerSession> getSessions() {
    Map<String, PeerSession> sessions = new LinkedHashMap<>();
    for (PassiveSession session : listener.getSessions()) {
      if (sessions.size() == MAX_SESSIONS) break;
      String address = session.peer().address();
      String key = address;
      // not of sockets, but other transports may give all their peers one address
      for (int i = 2; sessions.containsKey(key); i++) key = address + " #" + i;
      sessions.put(key, new PeerSession(session));
    }
    return sessions;
  }

  @Override
  public void start() {
    try {
      listener.start();
    } catch (ListenerException e) {
      // Consoles do not have that class.
      throw new IllegalStateException(e.getMessage());
    }
  }

  @Override
  public void stop() {
    listener.stop();
  }
}
