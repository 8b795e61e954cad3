// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.TLSIdentity;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A key and its chain, as they came out of the file. */
final class KeptIdentity implements TLSIdentity {
  private final String label;
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  KeptIdentity(String label, PrivateKey key, List<X509Certificate> chain) {
    this.label = label;
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  @Override
  public String getLabel() {
    return label;
  }

  @Override
  public List<X509Certificate> getCerts() {
    return chain;
  }

  @Override
  public Instant getExpiration() {
    return chain.get(0).getNotAfter().toInstant();
  }

  @Override
  public PrivateKey getPrivateKey() {
    return key;
  }

  /** Whether the other says the same under the same label. */
  boolean sameAs(TLSIdentity other) {
    return label.equals(other.getLabel())
        && key.equals(other.getPrivateKey())
        && chain.equals(other.getCerts());
  }

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "TLSIdentity[" + label + ", sha256 " + getFingerprint() + "]";
  }
}
