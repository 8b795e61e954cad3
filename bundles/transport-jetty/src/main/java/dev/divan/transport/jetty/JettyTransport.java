// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import dev.divan.transport.Acceptor;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.DialException;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Dialer;
import dev.divan.transport.Doorkeeper;
import dev.divan.transport.jetty.accept.Entrance;
import dev.divan.transport.jetty.channel.WebSocketChannel;
import dev.divan.transport.jetty.dial.Dial;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WebSocket, in clear ({@code ws}) and over TLS ({@code wss}). Costs no thread until the first dial
 * or bind.
 */
@Component(
    name = "dev.divan.transport.jetty",
    service = {Dialer.class, Acceptor.class},
    property = {"schemes=ws", "schemes=wss"})
public final class JettyTransport implements Dialer, Acceptor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.transport");

  private final Set<WebSocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Set<Entrance> entrances = ConcurrentHashMap.newKeySet();
  private @Nullable Network network;
  private boolean closed;

  @Activate
  public JettyTransport() {}

  @Override
  public CompletableFuture<Channel> dial(DialRequest request) {
    Network shared;
    try {
      shared = network();
    } catch (Exception e) {
      return CompletableFuture.failedFuture(
          new DialException(
              DialException.Reason.UNREACHABLE, "the transport is not running: " + e, e));
    }
    return new Dial(request, shared.outlet, open::add, open::remove).begin();
  }

  @Override
  public Binding bind(BindRequest request, Doorkeeper doorkeeper) throws BindException {
    Network shared;
    Server server;
    try {
      shared = network();
      server = shared.server();
    } catch (Exception e) {
      throw new BindException("the transport is not running: " + e, e);
    }
    shared.portOpened();
    Entrance entrance =
        new Entrance(
            server,
            shared.components,
            request,
            doorkeeper,
            open::add,
            open::remove,
            gone -> {
              entrances.remove(gone);
              shared.portGone();
            });
    entrances.add(entrance);
    entrance.openUp();
    return entrance;
  }

  private synchronized Network network() throws Exception {
    if (closed) {
      throw new IllegalStateException("it was stopped");
    }
    Network shared = network;
    if (shared == null) {
      shared = new Network();
      shared.start();
      network = shared;
    }
    return shared;
  }

  /** Ends everything: ports are closed, open channels aborted, threads gone. */
  @Deactivate
  @Override
  public void close() {
    Network shared;
    synchronized (this) {
      closed = true;
      shared = network;
      network = null;
    }
    if (shared == null) {
      return;
    }
    open.forEach(WebSocketChannel::cutOff);
    entrances.forEach(Entrance::end);
    try {
      shared.stop();
    } catch (Exception e) {
      LOG.warn("the network did not stop cleanly", e);
    }
  }
}
