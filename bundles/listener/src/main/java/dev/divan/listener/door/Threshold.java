// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.listener.ListenerException;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentity;
import dev.divan.transport.Acceptor.BindException;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Doorkeeper;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Binds sockets and shows the identity of now in their handshakes. Changed by one thread at a time,
 * asked by all.
 */
final class Threshold {
  /** For TLS and the request together; a slow board with a slow phone needs a few of them. */
  static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);

  /** As the clients' own. */
  static final Duration HEARTBEAT = Duration.ofSeconds(300);

  /**
   * Sockets beyond those let in, so that who is refused hears why. With the usual number of
   * connections as the least, the limit can be raised without binding again.
   */
  static final int SPARE_SOCKETS = 100;

  private final Surroundings surroundings;
  private final Doorkeeper doorkeeper;
  private volatile Supplier<? extends @Nullable TLSIdentity> identity = () -> null;

  Threshold(Surroundings surroundings, Doorkeeper doorkeeper) {
    this.surroundings = surroundings;
    this.doorkeeper = doorkeeper;
  }

  /** The identity of the next handshake; null without TLS, or while there is none. */
  @Nullable TLSIdentity identity() {
    return identity.get();
  }

  /** Shows the identity of these terms from the next handshake on. */
  void show(Terms terms) throws ListenerException {
    identity = source(terms);
  }

  /** Binds; if that fails all is as before. */
  Open bind(Terms terms) throws ListenerException {
    URLEndpointListenerConfiguration configuration = terms.configuration();
    InetAddress address = Addresses.resolve(configuration.getNetworkInterface());
    if (configuration.isDisableTLS() && terms.wantsCertificates()) {
      throw new ListenerException(
          "disableTLS: the "
              + terms.admission().words()
              + " demands client certificates, which need TLS",
          null);
    }
    Supplier<? extends @Nullable TLSIdentity> before = identity;
    identity = source(terms);
    int sockets =
        SPARE_SOCKETS
            + Math.max(
                configuration.getMaxConnections(),
                URLEndpointListenerConfiguration.DEFAULT_MAX_CONNECTIONS);
    try {
      SSLContext tls =
          configuration.isDisableTLS() ? null : surroundings.contexts().server(this::identity);
      Binding binding =
          surroundings
              .acceptor()
              .bind(
                  new BindRequest(
                      address,
                      configuration.getPort(),
                      tls,
                      terms.wantsCertificates(),
                      HANDSHAKE_TIMEOUT,
                      HEARTBEAT,
                      sockets),
                  doorkeeper);
      return new Open(terms, binding, address, sockets);
    } catch (BindException e) {
      identity = before;
      throw new ListenerException(e.getMessage(), e);
    } catch (IdentityException e) {
      identity = before;
      throw new ListenerException("no TLS: " + e.getMessage(), e);
    }
  }

  private Supplier<? extends @Nullable TLSIdentity> source(Terms terms) throws ListenerException {
    if (terms.configuration().isDisableTLS()) {
      return () -> null;
    }
    if (terms.identity() != null) {
      return terms.identity();
    }
    try {
      TLSIdentity anonymous = surroundings.identities().anonymous();
      return () -> anonymous;
    } catch (IdentityException e) {
      throw new ListenerException("no TLS identity: " + e.getMessage(), e);
    }
  }
}
