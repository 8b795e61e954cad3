// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener;

import dev.divan.database.ListenerToken;
import dev.divan.replicator.PassiveSession;
import dev.divan.tls.TLSIdentity;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Waits for active peers: the passive peer's front door. Registered as a service with the
 * properties {@code name}, {@code database.name}, {@code listener.port} and {@code listener.urls}.
 * One made by a configuration is a service also while it is stopped, with port 0 and no URLs; one
 * made in code only while it is open. May be used by all threads.
 */
@ProviderType
public interface URLEndpointListener extends AutoCloseable {

  /** A copy. */
  URLEndpointListenerConfiguration getConfiguration();

  /**
   * Binds the port and begins to accept, as it is configured now. Idempotent.
   *
   * @throws ListenerException with a sentence: port in use, unknown interface, no identity; then it
   *     is stopped as before. Also if it is no service any more
   */
  void start() throws ListenerException;

  /**
   * Closes the port, then every connection such that continuous clients come back later. It stays
   * closed until it is started: a change of its configuration counts then. Idempotent.
   */
  void stop();

  /** The port in use; 0 when stopped. */
  int getPort();

  /** One URL for each address it can be reached under, loopback last; empty when stopped. */
  List<URI> getUrls();

  ConnectionStatus getStatus();

  /** The clients connected now. */
  List<PassiveSession> getSessions();

  /**
   * Hears of each client that comes in from now on; that it has gone is said by {@link
   * PassiveSession#closed}. Called on threads that must not be held up.
   */
  ListenerToken addSessionListener(Consumer<PassiveSession> listener);

  /** The identity in use; null when stopped or without TLS. */
  @Nullable TLSIdentity getTlsIdentity();

  /** {@link #stop}. */
  @Override
  void close();
}
