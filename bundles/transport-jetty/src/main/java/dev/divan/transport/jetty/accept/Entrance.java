// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.accept;

import dev.divan.transport.Acceptor.BindException;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Doorkeeper;
import dev.divan.transport.jetty.channel.WebSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bound port. Closing it stops accepting and sends those away who are not through yet; the rest
 * of it, its selector, stays until the last open channel has gone.
 */
public final class Entrance implements Binding {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.transport");

  /** Connections the kernel may hold for us while we are busy. */
  private static final int BACKLOG = 256;

  private static final Duration CLOSING = Duration.ofSeconds(2);

  /** Somebody at the door: his socket, and the alarm that sends him away. */
  private record Guest(EndPoint socket, Scheduler.Task alarm) {
    void sendAway() {
      alarm.cancel();
      socket.close();
    }
  }

  private final BindRequest request;
  private final Server server;
  private final Socket connector;
  private final Admission<EndPoint, Guest> admission;
  private final Consumer<Entrance> gone;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean dismantled;
  private int port;

  /**
   * @param opened told of each channel that got in
   * @param ended told of each channel that is no more
   * @param gone told when nothing is left of this port
   */
  public Entrance(
      Server server,
      WebSocketComponents components,
      BindRequest request,
      Doorkeeper doorkeeper,
      Consumer<WebSocketChannel> opened,
      Consumer<WebSocketChannel> ended,
      Consumer<Entrance> gone) {
    this.server = server;
    this.request = request;
    this.gone = gone;
    this.admission = new Admission<>(request.maxConnections());
    this.connector = new Socket(new Porter(this, components, request, doorkeeper, opened, ended));
    Protocols.configure(connector, request);
  }

  /** For the server: hands each request to the porter of the port it came by. */
  public static Handler hall() {
    return new Handler.Abstract.NonBlocking() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        ((Socket) request.getConnectionMetaData().getConnector())
            .porter.handle(request, response, callback);
        return true;
      }
    };
  }

  /** Binds the port. */
  public void openUp() throws BindException {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.bind(where(), BACKLOG);
        connector.open(channel);
        port = connector.getLocalPort();
        connector.start();
      } catch (Exception e) {
        channel.close();
        throw e;
      }
    } catch (Exception e) {
      closed.set(true);
      dismantle();
      throw new BindException("cannot listen on " + where() + ": " + e.getMessage(), e);
    }
  }

  private InetSocketAddress where() {
    return request.address() == null
        ? new InetSocketAddress(request.port())
        : new InetSocketAddress(request.address(), request.port());
  }

  @Override
  public int port() {
    return port;
  }

  boolean full() {
    return admission.full();
  }

  /** Counts a connection as inside; false if there is no place or its time was up. */
  boolean enter(EndPoint who) {
    EndPoint socket = who instanceof EndPoint.Wrapper tls ? tls.unwrap() : who;
    Guest guest = admission.enter(socket);
    if (guest == null) {
      return false;
    }
    guest.alarm().cancel();
    return true;
  }

  private void arrived(EndPoint socket) {
    SocketAddress who = socket.getRemoteSocketAddress();
    Scheduler.Task alarm =
        connector
            .getScheduler()
            .schedule(
                () -> {
                  LOG.info("{} did not ask for anything in time and was dropped", who);
                  socket.close();
                },
                request.handshakeTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    Guest tooMany = admission.arrived(socket, new Guest(socket, alarm));
    if (tooMany != null) {
      LOG.info("{} dropped in favour of a newer connection", tooMany.socket());
      tooMany.sendAway();
    }
  }

  private void left(EndPoint socket) {
    Guest guest = admission.left(socket);
    if (guest != null) {
      guest.alarm().cancel();
    }
    if (closed.get() && admission.empty() && !dismantled) {
      connector.getExecutor().execute(this::dismantle);
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    connector.stopAccepting();
    admission.clear().forEach(Guest::sendAway);
    if (admission.empty()) {
      dismantle();
    }
  }

  /** Closes and takes the port's threads down, whoever is still inside. Returns when done. */
  public void end() {
    close();
    dismantle();
  }

  private synchronized void dismantle() {
    if (dismantled) {
      return;
    }
    dismantled = true;
    try {
      connector.stop();
    } catch (Exception e) {
      LOG.warn("port {} did not stop cleanly", port, e);
    }
    gone.accept(this);
  }

  /** Jetty's part of it, with the hooks it offers only to subclasses. */
  private final class Socket extends ServerConnector {
    private final Porter porter;
    private @Nullable ServerSocketChannel channel;

    Socket(Porter porter) {
      // The one selector thread accepts, too.
      super(server, null, null, null, 0, 1);
      this.porter = porter;
      setAcceptedTcpNoDelay(true);
      setIdleTimeout(request.handshakeTimeout().toMillis());
      setShutdownIdleTimeout(0);
    }

    @Override
    public void open(ServerSocketChannel bound) throws IOException {
      super.open(bound);
      channel = bound;
    }

    void stopAccepting() {
      ServerSocketChannel bound = channel;
      if (bound == null) {
        return;
      }
      // The selector takes hold of the socket some time after the start, and lets go of it, which
      // is when the kernel closes it, some time after the close; Jetty tells neither.
      await(bound::isRegistered);
      setAccepting(false);
      try {
        bound.close();
      } catch (IOException e) {
        LOG.warn("port {} did not close cleanly", port, e);
      }
      await(() -> !bound.isRegistered());
    }

    private static void await(BooleanSupplier condition) {
      long deadline = System.nanoTime() + CLOSING.toNanos();
      while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
        Thread.yield();
      }
    }

    @Override
    protected void onEndPointOpened(EndPoint socket) {
      super.onEndPointOpened(socket);
      arrived(socket);
    }

    @Override
    protected void onEndPointClosed(EndPoint socket) {
      super.onEndPointClosed(socket);
      left(socket);
    }
  }
}
