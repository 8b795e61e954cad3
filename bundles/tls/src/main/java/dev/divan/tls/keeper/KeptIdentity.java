// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.TLSIdentity;
import dev.divan.tls.material.KeyMaterial;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A key and its chain under a label. */
final class KeptIdentity implements TLSIdentity {
  private final String label;
  private final KeyMaterial material;

  KeptIdentity(String label, KeyMaterial material) {
    this.label = label;
    this.material = material;
  }

  @Override
  public String getLabel() {
    return label;
  }

  @Override
  public List<X509Certificate> getCerts() {
    return material.chain();
  }

  @Override
  public Instant getExpiration() {
    return material.chain().get(0).getNotAfter().toInstant();
  }

  @Override
  public PrivateKey getPrivateKey() {
    return material.key();
  }

  /** Whether the other says the same under the same label. */
  boolean sameAs(TLSIdentity other) {
    return label.equals(other.getLabel())
        && material.key().equals(other.getPrivateKey())
        && material.chain().equals(other.getCerts());
  }

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "TLSIdentity[" + label + ", sha256 " + getFingerprint() + "]";
  }
}
