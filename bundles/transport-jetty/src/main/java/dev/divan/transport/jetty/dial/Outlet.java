// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.dial;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;

/** Opens sockets for dials; one selector for all of them. */
public final class Outlet extends ClientConnector {
  /** Beyond any dial's own limit; lets go of sockets whose dial gave up while they connected. */
  private static final Duration CONNECTING = Duration.ofMinutes(1);

  private static final String DIAL = Dial.class.getName();

  final WebSocketComponents components;
  final Executor resolver;

  public Outlet(
      Executor threads,
      Scheduler timer,
      ByteBufferPool buffers,
      WebSocketComponents components,
      Executor resolver) {
    this.components = components;
    this.resolver = resolver;
    setExecutor(threads);
    setScheduler(timer);
    setByteBufferPool(buffers);
    unmanage(threads);
    unmanage(timer);
    setSelectors(1);
    setTCPNoDelay(true);
    setConnectTimeout(CONNECTING);
    setIdleTimeout(Duration.ZERO);
  }

  void connect(InetSocketAddress address, Dial dial) {
    Map<String, Object> context = new HashMap<>();
    context.put(Transport.class.getName(), Transport.TCP_IP);
    context.put(DIAL, dial);
    context.put(
        CONNECTION_PROMISE_CONTEXT_KEY,
        Promise.from(connection -> {}, failure -> dial.unreached(failure)));
    connect(address, context);
  }

  /**
   * The connector starts one whether or not anybody dials with TLS, and the usual one reads all the
   * certificates of the JVM. Each dial has its own.
   */
  @Override
  protected SslContextFactory.Client newSslContextFactory() {
    return new SslContextFactory.Client() {
      @Override
      protected void doStart() {}
    };
  }

  @Override
  protected Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
    return ((Dial) context.get(DIAL)).reached(endPoint, context);
  }
}
