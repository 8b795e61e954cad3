// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the transport knows of the other end.
 *
 * @param address its socket address, if it has one
 * @param certificates the chain it presented, its own certificate first; empty without TLS
 */
public record PeerFacts(@Nullable InetSocketAddress address, List<X509Certificate> certificates) {
  public PeerFacts {
    certificates = List.copyOf(certificates);
  }
}
