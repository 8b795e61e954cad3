// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads certificates as people keep them: PEM, with any number of them and other things between, or
 * DER. No message repeats what was read, since it may be a key in the wrong place.
 */
public final class Certificates {
  /** Bytes of a file read; all the authorities of a browser have some 250 kB. */
  public static final int MAX_FILE = 1 << 20;

  private static final String BEGIN = "-----BEGIN ";

  /** Line breaks may have been lost on the way through a configuration file. */
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----(.*?)-----END", Pattern.DOTALL);

  private Certificates() {}

  /** Whether it is meant to be PEM, and not a file or Base64. */
  public static boolean isPem(String text) {
    return text.contains(BEGIN);
  }

  /**
   * All in a PEM, or the one in Base64 of DER; in the order given, at least one.
   *
   * @throws IllegalArgumentException with a sentence, if it is neither
   */
  public static List<X509Certificate> parse(String text) {
    return isPem(text) ? pem(text) : List.of(der(decoded(text)));
  }

  /**
   * All in a file with PEM, or the one in a file with DER; in the order given, at least one.
   *
   * @throws IOException if there is no such file, or it cannot be read
   * @throws IllegalArgumentException with a sentence, if it holds neither or is larger than {@link
   *     #MAX_FILE}
   */
  public static List<X509Certificate> read(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE + 1);
    }
    if (bytes.length > MAX_FILE)
      throw new IllegalArgumentException("it is larger than " + MAX_FILE + " bytes");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return isPem(text) ? pem(text) : List.of(der(bytes));
  }

  private static List<X509Certificate> pem(String text) {
    List<X509Certificate> found = new ArrayList<>();
    Matcher matcher = PEM.matcher(text);
    while (matcher.find()) found.add(der(decoded(matcher.group(1))));
    if (found.isEmpty())
      throw new IllegalArgumentException("there is no -----BEGIN CERTIFICATE----- with its END");
    return found;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is neither PEM nor Base64", e);
    }
  }

  private static X509Certificate der(byte[] bytes) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("it is no certificate", e);
    }
  }
}
