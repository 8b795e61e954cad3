// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Doorkeeper;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One listener: its port, its doorkeeper and how many are in. */
final class LoopbackBinding implements Binding {
  final Doorkeeper doorkeeper;
  private final Loopback loopback;
  private final int port;
  private final int maxConnections;
  private final Set<LoopbackChannel> inside = ConcurrentHashMap.newKeySet();

  LoopbackBinding(Loopback loopback, int port, BindRequest request, Doorkeeper doorkeeper) {
    this.loopback = loopback;
    this.port = port;
    this.maxConnections = request.maxConnections();
    this.doorkeeper = doorkeeper;
  }

  boolean full() {
    return inside.size() >= maxConnections;
  }

  void entered(LoopbackChannel end) {
    inside.add(end);
  }

  void left(LoopbackChannel end) {
    inside.remove(end);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    loopback.unbind(this);
  }
}
