// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.database.Collection;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.tls.TLSIdentity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to share, where, and with whom. Not thread-safe; a listener copies it. */
public final class URLEndpointListenerConfiguration {
  /** Sockets at a time, unless told otherwise. */
  public static final int DEFAULT_MAX_CONNECTIONS = 1000;

  private final List<Collection> collections;
  private int port;
  private @Nullable String networkInterface;
  private boolean disableTLS;
  private @Nullable TLSIdentity tlsIdentity;
  private @Nullable ListenerAuthenticator authenticator;
  private @Nullable ReplicationFilter sendFilter;
  private @Nullable ReplicationFilter receiveFilter;
  private boolean readOnly;
  private boolean enableDeltaSync;
  private int maxConnections = DEFAULT_MAX_CONNECTIONS;

  /**
   * @throws IllegalArgumentException if there is none, or they are of several databases
   */
  public URLEndpointListenerConfiguration(Set<Collection> collections) {
    this.collections = List.copyOf(collections);
    if (this.collections.isEmpty())
      throw new IllegalArgumentException("a listener shares at least one collection");
    for (Collection collection : this.collections)
      if (collection.getDatabase() != this.collections.get(0).getDatabase())
        throw new IllegalArgumentException("all collections must be of one database");
  }

  public URLEndpointListenerConfiguration(URLEndpointListenerConfiguration other) {
    collections = other.collections;
    port = other.port;
    networkInterface = other.networkInterface;
    disableTLS = other.disableTLS;
    tlsIdentity = other.tlsIdentity;
    authenticator = other.authenticator;
    sendFilter = other.sendFilter;
    receiveFilter = other.receiveFilter;
    readOnly = other.readOnly;
    enableDeltaSync = other.enableDeltaSync;
    maxConnections = other.maxConnections;
  }

  public List<Collection> getCollections() {
    return collections;
  }

  /** 0 for any free one. */
  public URLEndpointListenerConfiguration setPort(int port) {
    if (port < 0 || port > 65535) throw new IllegalArgumentException("no such port: " + port);
    this.port = port;
    return this;
  }

  public int getPort() {
    return port;
  }

  /** The name ({@code eth0}) or address of an interface; null for all. */
  public URLEndpointListenerConfiguration setNetworkInterface(@Nullable String nameOrAddress) {
    networkInterface = nameOrAddress;
    return this;
  }

  public @Nullable String getNetworkInterface() {
    return networkInterface;
  }

  /** In clear; for development. */
  public URLEndpointListenerConfiguration setDisableTLS(boolean disable) {
    disableTLS = disable;
    return this;
  }

  public boolean isDisableTLS() {
    return disableTLS;
  }

  /** Null for the anonymous self-signed identity, made once and kept. */
  public URLEndpointListenerConfiguration setTlsIdentity(@Nullable TLSIdentity identity) {
    tlsIdentity = identity;
    return this;
  }

  public @Nullable TLSIdentity getTlsIdentity() {
    return tlsIdentity;
  }

  /** Null lets everyone in. */
  public URLEndpointListenerConfiguration setAuthenticator(
      @Nullable ListenerAuthenticator authenticator) {
    this.authenticator = authenticator;
    return this;
  }

  public @Nullable ListenerAuthenticator getAuthenticator() {
    return authenticator;
  }

  /**
   * Decides which documents are sent to a client, which pulls them; it is told who that is. One
   * that does not pass is not announced, and what the client has of it stays there. Null sends all.
   *
   * <p>It decides about documents only: that another one exists, and its revision, can be seen by
   * proposing a change of it, and a blob can be had by whoever knows its digest.
   */
  public URLEndpointListenerConfiguration setSendFilter(@Nullable ReplicationFilter filter) {
    sendFilter = filter;
    return this;
  }

  public @Nullable ReplicationFilter getSendFilter() {
    return sendFilter;
  }

  /**
   * Decides which documents are taken from a client, which pushes them; it is told who that is. One
   * that does not pass is refused with HTTP 403, for good. A deletion comes as a tombstone, with
   * {@link dev.divan.replicator.DocumentFlag#DELETED}. Null takes all.
   */
  public URLEndpointListenerConfiguration setReceiveFilter(@Nullable ReplicationFilter filter) {
    receiveFilter = filter;
    return this;
  }

  public @Nullable ReplicationFilter getReceiveFilter() {
    return receiveFilter;
  }

  /** Whether peers may only pull. */
  public URLEndpointListenerConfiguration setReadOnly(boolean readOnly) {
    this.readOnly = readOnly;
    return this;
  }

  public boolean isReadOnly() {
    return readOnly;
  }

  public URLEndpointListenerConfiguration setEnableDeltaSync(boolean enable) {
    enableDeltaSync = enable;
    return this;
  }

  public boolean isEnableDeltaSync() {
    return enableDeltaSync;
  }

  public URLEndpointListenerConfiguration setMaxConnections(int connections) {
    if (connections < 1) throw new IllegalArgumentException("at least one: " + connections);
    maxConnections = connections;
    return this;
  }

  public int getMaxConnections() {
    return maxConnections;
  }
}
