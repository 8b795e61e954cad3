// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import dev.divan.tls.TLSIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presents the identity the source has at the moment of the handshake. The alias is its
 * fingerprint, so that a handshake begun before a change gets key and chain of one identity; the
 * one before is remembered for that.
 */
final class CurrentIdentity extends X509ExtendedKeyManager {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.tls");

  private final Supplier<? extends @Nullable TLSIdentity> source;
  private final Clock clock;
  private @Nullable TLSIdentity toldExpired;
  private @Nullable TLSIdentity current;
  private @Nullable TLSIdentity previous;

  CurrentIdentity(Supplier<? extends @Nullable TLSIdentity> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  private synchronized @Nullable String choose(String... keyTypes) {
    TLSIdentity now = source.get();
    if (now == null) {
      return null;
    }
    if (now != current) {
      previous = current;
      current = now;
    }
    tellIfExpired(now);
    String algorithm = now.getPrivateKey().getAlgorithm();
    for (String type : keyTypes) {
      // older cipher suites ask for key and signature, such as EC_RSA
      if (type.equals(algorithm) || type.startsWith(algorithm + "_")) {
        return now.getFingerprint();
      }
    }
    return null;
  }

  /** Once: who pins it takes it still, and who does not has been told by his own log. */
  private void tellIfExpired(TLSIdentity now) {
    if (now != toldExpired && clock.instant().isAfter(now.getExpiration())) {
      toldExpired = now;
      LOG.warn(
          "the TLS identity {} shown to peers has expired on {}; those who have not pinned it refuse"
              + " it",
          now.getLabel(),
          now.getExpiration());
    }
  }

  private synchronized @Nullable TLSIdentity find(@Nullable String alias) {
    if (current != null && current.getFingerprint().equals(alias)) {
      return current;
    }
    return previous != null && previous.getFingerprint().equals(alias) ? previous : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return choose(keyTypes);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    TLSIdentity identity = find(alias);
    return identity == null ? null : identity.getCerts().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    TLSIdentity identity = find(alias);
    return identity == null ? null : identity.getPrivateKey();
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType);
  }

  private String @Nullable [] aliases(String keyType) {
    String alias = choose(keyType);
    return alias == null ? null : new String[] {alias};
  }
}
