// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Labels log lines about a client with {@value #PEER} in the MDC, those of authenticators too, and
 * as the lines of its session will be.
 *
 * @param peer as a person writes it
 */
record PeerLabel(String peer) {
  static final String PEER = "peer";

  static PeerLabel of(@Nullable InetSocketAddress address) {
    if (address == null) {
      return new PeerLabel("unknown");
    }
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return new PeerLabel((host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
  }

  void on(Runnable work) {
    on(
        () -> {
          work.run();
          return true;
        });
  }

  <T> T on(Supplier<T> work) {
    String before = MDC.get(PEER);
    MDC.put(PEER, peer);
    try {
      return work.get();
    } finally {
      if (before == null) {
        MDC.remove(PEER);
      } else {
        MDC.put(PEER, before);
      }
    }
  }
}
