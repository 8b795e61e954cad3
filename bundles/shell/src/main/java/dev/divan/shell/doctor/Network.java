// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import dev.divan.tls.IdentityException;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The network, by the JVM's own sockets: a second opinion beside the transport. */
public final class Network implements World {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A listener holds the answer to a wrong password back for up to 30 s. */
  private static final Duration ANSWER = Duration.ofSeconds(35);

  private final @Nullable TLSContexts contexts;
  private final Duration connect;
  private final Duration answer;

  /**
   * @param contexts decides about trust; null if there is nobody to do so
   */
  public Network(@Nullable TLSContexts contexts) {
    this(contexts, CONNECT, ANSWER);
  }

  Network(@Nullable TLSContexts contexts, Duration connect, Duration answer) {
    this.contexts = contexts;
    this.connect = connect;
    this.answer = answer;
  }

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  @Override
  public Line plain(InetSocketAddress address) throws IOException {
    return new SocketLine(connected(address), "");
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, Math.toIntExact(connect.toMillis()));
      socket.setSoTimeout(Math.toIntExact(answer.toMillis()));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Line secure(
      InetSocketAddress address, String host, ServerTrust trust, @Nullable TLSIdentity identity)
      throws IOException, IdentityException {
    if (contexts == null)
      throw new IdentityException("nobody here does TLS: is dev.divan.tls started?");
    SSLSocket socket = shaken(connected(address), host, contexts.client(trust, identity));
    SSLSession session = socket.getSession();
    return new SocketLine(socket, session.getProtocol() + ", " + session.getCipherSuite());
  }

  private static SSLSocket shaken(Socket socket, String host, SSLContext context)
      throws IOException {
    try {
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, host, socket.getPort(), true);
      tls.startHandshake();
      return tls;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public List<X509Certificate> certificates(InetSocketAddress address, String host)
      throws IOException {
    CertificateCatcher catcher = new CertificateCatcher();
    Socket socket = connected(address);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {catcher}, null);
      shaken(socket, host, context);
      throw new IOException("a handshake without trust cannot succeed");
    } catch (SSLHandshakeException e) {
      if (catcher.caught().isEmpty()) throw e;
      return catcher.caught();
    } catch (SSLException notTls) {
      return catcher.caught();
    } catch (GeneralSecurityException e) {
      throw new IOException("the JVM has no TLS: " + e.getMessage(), e);
    } finally {
      socket.close();
    }
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  private record SocketLine(Socket socket, String facts) implements Line {
    @Override
    public InputStream in() {
      return stream(socket::getInputStream);
    }

    @Override
    public OutputStream out() {
      return stream(socket::getOutputStream);
    }

    @Override
    public void close() {
      stream(
          () -> {
            socket.close();
            return socket;
          });
    }

    private static <T> T stream(Source<T> source) {
      try {
        return source.get();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private interface Source<T> {
      T get() throws IOException;
    }
  }
}
