// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import dev.divan.tls.IdentityException;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the doctor sees of the world. Every call ends within a time limit. */
public interface World {

  List<InetAddress> addresses(String host) throws UnknownHostException;

  /** Connects without TLS. */
  Line plain(InetSocketAddress address) throws IOException;

  /**
   * Connects with TLS, trusting by the rule and nobody else.
   *
   * @throws javax.net.ssl.SSLException if there is no trust, or no TLS
   * @throws IdentityException if there is nothing to do TLS with
   */
  Line secure(
      InetSocketAddress address, String host, ServerTrust trust, @Nullable TLSIdentity identity)
      throws IOException, IdentityException;

  /**
   * Begins a handshake, takes the certificates and hangs up before any is trusted.
   *
   * @return empty if the peer does not speak TLS
   * @throws IOException if it could not be connected with, or broke the handshake off
   */
  List<X509Certificate> certificates(InetSocketAddress address, String host) throws IOException;

  Instant now();

  /** A connection. Reading ends with {@link java.net.SocketTimeoutException} if nothing comes. */
  interface Line extends AutoCloseable {
    InputStream in();

    OutputStream out();

    /** Protocol and cipher; empty in clear. */
    String facts();

    @Override
    void close();
  }
}
