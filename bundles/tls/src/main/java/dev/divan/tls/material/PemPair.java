// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import dev.divan.tls.IdentityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;

/** Certificates and a private key as PEM; both may be in one file, and in any order. */
public final class PemPair {
  /** Bytes of each file taken; a bundle of a hundred authorities has 200 kB. */
  static final int MAX_SIZE = 1 << 20;

  private PemPair() {}

  /**
   * @param label for the sentence
   * @param password of an encrypted key, else empty
   * @throws IdentityException if one of them cannot be read, or they do not belong together
   */
  public static KeyMaterial read(String label, byte[] certificates, byte[] key, char[] password)
      throws IdentityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Object block : blocks("certificates for " + label, certificates)) {
      if (block instanceof X509CertificateHolder holder) {
        chain.add(certificate(label, holder));
      }
    }
    if (chain.isEmpty()) {
      throw new IdentityException(
          "what was given as certificates for "
              + label
              + " has no -----BEGIN CERTIFICATE-----; DER becomes PEM with:"
              + " openssl x509 -inform DER -in cert.der -out cert.pem");
    }
    for (Object block : blocks("private key for " + label, key)) {
      if (PemKey.isKey(block)) {
        return KeyMaterial.of(label, PemKey.read(label, block, password), chain);
      }
    }
    throw new IdentityException(
        "what was given as private key for "
            + label
            + " has no -----BEGIN PRIVATE KEY----- (nor ENCRYPTED, EC or RSA)");
  }

  private static List<Object> blocks(String what, byte[] pem) throws IdentityException {
    if (pem.length > MAX_SIZE) {
      throw new IdentityException("the " + what + " is larger than " + MAX_SIZE + " bytes");
    }
    List<Object> blocks = new ArrayList<>();
    try (PEMParser parser =
        new PEMParser(
            new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.ISO_8859_1))) {
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        blocks.add(block);
      }
      return blocks;
    } catch (IOException | RuntimeException e) {
      throw new IdentityException("the " + what + " is damaged PEM: " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(String label, X509CertificateHolder holder)
      throws IdentityException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
    } catch (CertificateException | IOException e) {
      throw new IdentityException(
          "a certificate for " + label + " cannot be read: " + e.getMessage(), e);
    }
  }
}
