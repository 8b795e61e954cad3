// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.tls.TLSIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pinned certificate as people write it: a SHA-256, PEM, Base64 of DER, or a file with either.
 */
final class PinText {
  private static final Pattern SHA256 = Pattern.compile("([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}");

  private PinText() {}

  /**
   * @return its SHA-256 in lower-case hexadecimal
   * @throws IllegalArgumentException if it is none of these
   */
  static String fingerprint(String text) {
    if (SHA256.matcher(text).matches()) return text.replace(":", "").toLowerCase(Locale.ROOT);
    try {
      return TLSIdentity.fingerprint(certificate(bytes(text)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("no certificate", e);
    }
  }

  private static byte[] bytes(String text) {
    if (text.startsWith("-----BEGIN")) return text.getBytes(StandardCharsets.US_ASCII);
    try {
      Path file = Path.of(text);
      if (Files.isRegularFile(file)) return Files.readAllBytes(file);
    } catch (InvalidPathException | IOException e) {
      return decoded(text);
    }
    return decoded(text);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("neither a file, nor PEM, Base64 or a SHA-256", e);
    }
  }

  private static X509Certificate certificate(byte[] bytes) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }
}
