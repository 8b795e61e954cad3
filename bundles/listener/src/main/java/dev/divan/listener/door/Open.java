// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.transport.Binding;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A door that is open.
 *
 * @param terms under which
 * @param binding its socket
 * @param address what it is bound to; null for all
 * @param sockets how many connections the socket takes, whatever the terms say
 */
record Open(Terms terms, Binding binding, @Nullable InetAddress address, int sockets) {

  /** The same socket under other terms. */
  Open under(Terms others) {
    return new Open(others, binding, address, sockets);
  }

  /** Where it can be reached, the loopback last. */
  List<URI> urls() {
    String scheme = terms.configuration().isDisableTLS() ? "ws" : "wss";
    return Addresses.reachable(address).stream()
        .map(one -> url(scheme, Addresses.literal(one), "/" + terms.shownName()))
        .distinct()
        .toList();
  }

  private URI url(String scheme, String host, String path) {
    try {
      return URI.create(
          new URI(scheme, null, host, binding.port(), path, null, null).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("an address and a quoted path make a URL", e);
    }
  }
}
