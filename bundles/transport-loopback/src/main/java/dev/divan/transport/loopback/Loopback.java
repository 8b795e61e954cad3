// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import dev.divan.transport.Acceptor;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Dialer;
import dev.divan.transport.Doorkeeper;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The transport of addresses like {@code loopback://anywhere:4984/notes}: the port finds the
 * listener bound in the same object, the host is free text, the path goes to the doorkeeper.
 * Heartbeats and TLS do not apply and are ignored.
 *
 * <p>All calls to receivers, doorkeepers and callbacks come from tasks of the timeline.
 */
@Component(
    service = {Dialer.class, Acceptor.class},
    property = "schemes=loopback")
public final class Loopback implements Dialer, Acceptor, AutoCloseable {
  private static final int FIRST_FREE_PORT = 49152;
  private static final int LAST_PORT = 65535;

  private final Timeline timeline;
  private final @Nullable ThreadTimeline own;
  private final Impairment impairment;
  private final AtomicLong dials = new AtomicLong();
  private final Map<Integer, LoopbackBinding> bindings = new ConcurrentHashMap<>();
  private final Set<LoopbackChannel> open = ConcurrentHashMap.newKeySet();

  /** A perfect line in real time. */
  @Activate
  public Loopback() {
    this(Impairment.NONE);
  }

  /** An impaired line in real time. */
  public Loopback(Impairment impairment) {
    this.own = new ThreadTimeline();
    this.timeline = own;
    this.impairment = impairment;
  }

  /** An impaired line in whatever time the caller makes. */
  public Loopback(Impairment impairment, Timeline timeline) {
    this.own = null;
    this.timeline = timeline;
    this.impairment = impairment;
  }

  @Override
  public CompletableFuture<Channel> dial(DialRequest request) {
    CompletableFuture<Channel> answer = new CompletableFuture<>();
    LoopbackDial dial = new LoopbackDial(request, answer, timeline, impairment);
    dial.begin(() -> bindings.get(port(request.uri())), this::join);
    return answer;
  }

  private static int port(URI uri) {
    return uri.getPort();
  }

  private LoopbackChannel join(LoopbackBinding binding, DialRequest request, String protocol) {
    // Each connection has its own draws, so that one's traffic does not change another's fate.
    long number = dials.incrementAndGet();
    Wire wire = new Wire(timeline, impairment, impairment.seed() * 31 + number);
    var ends =
        LoopbackChannel.pair(
            wire,
            protocol,
            request.uri().getAuthority(),
            "loopback#" + number,
            end -> {
              open.remove(end);
              binding.left(end);
            });
    open.addAll(ends);
    binding.entered(ends.get(1));
    return ends.get(0);
  }

  @Override
  public Binding bind(BindRequest request, Doorkeeper doorkeeper) throws BindException {
    if (request.port() != 0) {
      LoopbackBinding binding = new LoopbackBinding(this, request.port(), request, doorkeeper);
      if (bindings.putIfAbsent(request.port(), binding) != null) {
        throw new BindException("loopback port " + request.port() + " is in use", null);
      }
      return binding;
    }
    for (int port = FIRST_FREE_PORT; port <= LAST_PORT; port++) {
      LoopbackBinding binding = new LoopbackBinding(this, port, request, doorkeeper);
      if (bindings.putIfAbsent(port, binding) == null) {
        return binding;
      }
    }
    throw new BindException("no loopback port is free", null);
  }

  void unbind(LoopbackBinding binding) {
    bindings.remove(binding.port(), binding);
  }

  /** Ends everything: bindings go, open channels are aborted. */
  @Deactivate
  @Override
  public void close() {
    bindings.clear();
    open.forEach(LoopbackChannel::abort);
    if (own != null) {
      own.close();
    }
  }
}
