// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A private key with its certificate chain, under a label. Registered as a service with the
 * properties {@code label}, {@code name} and {@code tls.fingerprint} for each configured one.
 * Immutable.
 */
@ProviderType
public interface TLSIdentity {

  /** The name under which it is kept; unique in a framework. */
  String getLabel();

  /** Our own certificate first, then those that vouch for it. Never empty. */
  List<X509Certificate> getCerts();

  /** When the certificate ceases to be valid. */
  Instant getExpiration();

  /** The key, for the TLS handshake. Never printed, never a service property. */
  PrivateKey getPrivateKey();

  /** SHA-256 of the certificate in lower-case hexadecimal, the short way to pin it. */
  default String getFingerprint() {
    return fingerprint(getCerts().get(0));
  }

  /** The chain as PEM, to hand to those who shall trust it; never the key. */
  default String toPem() {
    StringBuilder pem = new StringBuilder();
    getCerts().forEach(certificate -> pem.append(pem(certificate)));
    return pem.toString();
  }

  /** Any certificate as PEM, with a line break at the end. */
  static String pem(X509Certificate certificate) {
    try {
      String base64 =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("certificate cannot be encoded", e);
    }
  }

  /** SHA-256 of any certificate in lower-case hexadecimal. */
  static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalArgumentException("certificate cannot be encoded", e);
    }
  }
}
