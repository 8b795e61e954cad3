// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.dial;

import dev.divan.transport.Channel;
import dev.divan.transport.DialException;
import dev.divan.transport.DialException.Reason;
import dev.divan.transport.DialRequest;
import dev.divan.transport.PeerFacts;
import dev.divan.transport.jetty.channel.Masks;
import dev.divan.transport.jetty.channel.Session;
import dev.divan.transport.jetty.channel.WebSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.core.Behavior;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.Negotiated;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, from name to open channel: look-up, TCP to one address after the other, TLS,
 * upgrade. Whatever happens first decides; one time limit covers all.
 */
public final class Dial {
  private static final int DEFAULT_PORT = 80;
  private static final int DEFAULT_TLS_PORT = 443;

  private final DialRequest request;
  private final Outlet outlet;
  private final Consumer<WebSocketChannel> opened;
  private final Consumer<WebSocketChannel> ended;
  private final CompletableFuture<Channel> answer = new CompletableFuture<>();
  private final Deque<InetSocketAddress> addresses = new ArrayDeque<>();
  private Duration share = Duration.ZERO;
  private int pending;
  private volatile boolean secured;
  private @Nullable EndPoint socket;
  private @Nullable Handshake handshake;

  public Dial(
      DialRequest request,
      Outlet outlet,
      Consumer<WebSocketChannel> opened,
      Consumer<WebSocketChannel> ended) {
    this.request = request;
    this.outlet = outlet;
    this.opened = opened;
    this.ended = ended;
  }

  DialRequest request() {
    return request;
  }

  boolean secure() {
    return "wss".equalsIgnoreCase(request.uri().getScheme());
  }

  /** Host and port as a person would write them. */
  String where() {
    return request.uri().getHost() + ":" + port();
  }

  private int port() {
    int port = request.uri().getPort();
    return port >= 0 ? port : usual();
  }

  private int usual() {
    return secure() ? DEFAULT_TLS_PORT : DEFAULT_PORT;
  }

  /** Sets out. */
  public CompletableFuture<Channel> begin() {
    String host = request.uri().getHost();
    if (host == null) {
      throw new IllegalArgumentException("the address has no host: " + request.uri());
    }
    if (secure() && request.tls() == null) {
      throw new IllegalArgumentException("wss needs the TLS part of the request");
    }
    hello(); // Complains about bad headers here and now.
    var limit =
        outlet
            .getScheduler()
            .schedule(this::timeUp, request.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    answer.whenComplete(
        (channel, failure) -> {
          limit.cancel();
          if (failure != null) {
            hangUp();
          }
        });
    try {
      outlet.resolver.execute(() -> lookUp(host));
    } catch (RejectedExecutionException e) {
      fail(new DialException(Reason.UNREACHABLE, "too many dials are waiting for names", e));
    }
    return answer;
  }

  private void timeUp() {
    Handshake current;
    synchronized (this) {
      current = handshake;
    }
    if (current != null && current.refuseWithWhatCame()) {
      return;
    }
    fail(
        new DialException(
            Reason.TIMEOUT,
            "no answer from " + where() + " within " + request.connectTimeout().toMillis() + " ms",
            null));
  }

  private void lookUp(String host) {
    try {
      // A literal IPv6 address comes in brackets.
      String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      for (InetAddress address : InetAddress.getAllByName(name)) {
        // Keeps the name given: TLS checks the certificate against it.
        InetAddress named = InetAddress.getByAddress(name, address.getAddress());
        addresses.add(new InetSocketAddress(named, port()));
      }
      share = request.connectTimeout().dividedBy(addresses.size());
      next();
    } catch (UnknownHostException e) {
      fail(new DialException(Reason.UNKNOWN_HOST, "the host " + host + " is not known", e));
    }
  }

  /** Tries the next address, and another one beside it if it takes more than its share of time. */
  private void next() {
    InetSocketAddress address;
    synchronized (this) {
      if (socket != null || answer.isDone() || addresses.isEmpty()) {
        return;
      }
      address = addresses.remove();
      pending++;
      if (!addresses.isEmpty()) {
        outlet.getScheduler().schedule(this::next, share.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    outlet.connect(address, this);
  }

  /** One address did not work. */
  void unreached(Throwable failure) {
    boolean last;
    synchronized (this) {
      pending--;
      last = pending == 0 && addresses.isEmpty() && socket == null;
    }
    if (last) {
      fail(Faults.explain(failure, this));
    } else {
      next();
    }
  }

  /** TCP stands: what shall be spoken on it. */
  Connection reached(EndPoint endPoint, Map<String, Object> context) {
    synchronized (this) {
      if (socket != null || answer.isDone()) {
        return new TooLate(endPoint, outlet.getExecutor());
      }
      socket = endPoint;
    }
    SSLContext tls = request.tls();
    if (!secure() || tls == null) {
      return handshake(endPoint);
    }
    SslContextFactory.Client factory = new Tls();
    factory.setSslContext(tls);
    try {
      factory.start();
      Connection connection =
          new SslClientConnectionFactory(
                  factory,
                  outlet.getByteBufferPool(),
                  outlet.getExecutor(),
                  (plain, unused) -> handshake(plain))
              .newConnection(endPoint, context);
      ((SslConnection) connection).addHandshakeListener(new Secured());
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("TLS could not be set up", e);
    }
  }

  private Hello hello() {
    return Hello.to(request, where(), port() == usual());
  }

  private Handshake handshake(EndPoint endPoint) {
    Handshake made = new Handshake(endPoint, outlet.getExecutor(), this, hello());
    synchronized (this) {
      handshake = made;
    }
    return made;
  }

  /** Whether the TLS handshake is behind us. */
  boolean tlsStands() {
    return secured;
  }

  private final class Secured implements SslHandshakeListener {
    @Override
    public void handshakeSucceeded(Event event) {
      secured = true;
    }
  }

  /** The peer agreed: from here on the socket speaks WebSocket. */
  void agreed(EndPoint endPoint, String protocol) {
    EndPoint.SslSessionData tls = endPoint.getSslSessionData();
    X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
    InetSocketAddress address =
        endPoint.getRemoteSocketAddress() instanceof InetSocketAddress inet ? inet : null;
    PeerFacts peer = new PeerFacts(address, chain == null ? List.of() : Arrays.asList(chain));
    WebSocketChannel channel =
        new WebSocketChannel(peer, request.heartbeat(), outlet.getScheduler(), this::open, ended);
    ExtensionStack none = new ExtensionStack(outlet.components, Behavior.CLIENT);
    none.negotiate(List.of(), List.of());
    Negotiated negotiated = new Negotiated(request.uri(), protocol, secure(), none, "13");
    WebSocketCoreSession session =
        new WebSocketCoreSession(channel, Behavior.CLIENT, negotiated, outlet.components);
    Session.configure(session);
    WebSocketConnection connection =
        new WebSocketConnection(
            endPoint,
            outlet.getExecutor(),
            outlet.getScheduler(),
            outlet.getByteBufferPool(),
            session,
            new Masks());
    session.setWebSocketConnection(connection);
    endPoint.upgrade(connection);
  }

  private void open(WebSocketChannel channel) {
    opened.accept(channel);
    if (!answer.complete(channel)) {
      channel.abort();
    }
  }

  /** On a socket nobody needs any more. */
  private static final class TooLate extends AbstractConnection {
    TooLate(EndPoint endPoint, Executor executor) {
      super(endPoint, executor);
    }

    @Override
    public void onOpen() {
      super.onOpen();
      close();
    }

    @Override
    public void onFillable() {
      close();
    }
  }

  /** The context's trust manager decides about names, too; Jetty need not, nor warn about it. */
  private static final class Tls extends SslContextFactory.Client {
    Tls() {
      setIncludeProtocols("TLSv1.3", "TLSv1.2");
      setEndpointIdentificationAlgorithm(null);
    }

    @Override
    protected void checkConfiguration() {
      // All it would check is the absence of what was left out on purpose.
    }
  }

  void fail(DialException failure) {
    answer.completeExceptionally(failure);
  }

  private void hangUp() {
    EndPoint current;
    synchronized (this) {
      current = socket;
    }
    if (current != null) {
      current.close();
    }
  }
}
