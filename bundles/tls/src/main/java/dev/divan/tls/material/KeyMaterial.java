// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import dev.divan.tls.IdentityException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A private key and its certificates.
 *
 * @param chain the key's own first, then each the issuer of the one before
 */
public record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {
  /** What a certificate may be signed, and a handshake proven with. */
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA");

  /** Certificates taken into a chain; TLS peers refuse more than ten. */
  private static final int MAX_CHAIN = 10;

  public KeyMaterial {
    chain = List.copyOf(chain);
  }

  /**
   * Finds the certificate that belongs to the key, and those that vouch for it. Others are left
   * out.
   *
   * @param label for the sentence
   * @param certificates in any order
   * @throws IdentityException if none belongs to the key, or the key is of no use for TLS
   */
  static KeyMaterial of(
      String label, PrivateKey key, Collection<? extends Certificate> certificates)
      throws IdentityException {
    String signature = SIGNATURES.get(key.getAlgorithm());
    if (signature == null) {
      throw new IdentityException(
          "the private key for " + label + " is " + key.getAlgorithm() + "; EC or RSA is needed");
    }
    List<X509Certificate> rest = new ArrayList<>();
    X509Certificate next = null;
    for (Certificate certificate : certificates) {
      if (certificate instanceof X509Certificate x509) {
        if (next == null && belongs(label, signature, key, x509.getPublicKey())) {
          next = x509;
        } else {
          rest.add(x509);
        }
      }
    }
    if (next == null) {
      throw new IdentityException(
          rest.isEmpty()
              ? "there is no certificate with the private key for " + label
              : "no certificate given for "
                  + label
                  + " belongs to its private key; the first is for "
                  + rest.get(0).getSubjectX500Principal());
    }
    List<X509Certificate> chain = new ArrayList<>();
    while (next != null && chain.size() < MAX_CHAIN) {
      chain.add(next);
      rest.remove(next);
      next = issuer(next, rest);
    }
    return new KeyMaterial(key, chain);
  }

  private static @Nullable X509Certificate issuer(
      X509Certificate of, List<X509Certificate> candidates) {
    for (X509Certificate candidate : candidates) {
      if (candidate.getSubjectX500Principal().equals(of.getIssuerX500Principal())) {
        return candidate;
      }
    }
    return null;
  }

  /** Whether what the key signs, the other proves; works for keys that never leave their token. */
  private static boolean belongs(
      String label, String algorithm, PrivateKey key, PublicKey certified)
      throws IdentityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          "the private key for " + label + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "KeyMaterial[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
