// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Forbids everything once the handshake is done, so that another one on the same connection finds
 * no protocol to agree on. It is the only way to refuse renegotiation, which TLS 1.2 has and a
 * stranger could keep us busy with, for one engine: the JVM's own switch is for all that run in it.
 */
final class NoSecondHandshake implements AlgorithmConstraints {
  private static final String NOT_YET = "SSL_NULL_WITH_NULL_NULL";

  private final SSLEngine engine;

  NoSecondHandshake(SSLEngine engine) {
    this.engine = engine;
  }

  private boolean first() {
    return engine.getSession().getCipherSuite().equals(NOT_YET);
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
    return first();
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return first();
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives,
      String algorithm,
      Key key,
      @Nullable AlgorithmParameters parameters) {
    return first();
  }
}
