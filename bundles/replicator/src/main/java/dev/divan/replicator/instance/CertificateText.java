// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Certificates as people write them: PEM, whose line breaks a properties file may have eaten, with
 * any number of them; Base64 of DER; or a file with PEM or DER. Several of these stand behind one
 * another with commas.
 */
final class CertificateText {
  /** Bytes of a file read; all authorities of a browser have 200 kB. */
  static final int MAX_FILE = 1 << 20;

  private static final String BEGIN = "-----BEGIN";
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----(.*?)-----END", Pattern.DOTALL);

  private CertificateText() {}

  /**
   * In the order given, none twice, at least one.
   *
   * @throws IllegalArgumentException with a sentence without the text, if there is none, or one
   *     cannot be read
   */
  static Set<X509Certificate> read(String text) {
    Set<X509Certificate> certificates = new LinkedHashSet<>();
    for (String part : parts(text)) certificates.addAll(one(part));
    return certificates;
  }

  /** What stands between commas, unless the whole is one file. */
  static List<String> parts(String text) {
    if (file(text) != null) return List.of(text.strip());
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",")) if (!part.isBlank()) parts.add(part.strip());
    if (parts.isEmpty()) throw new IllegalArgumentException("it is empty");
    return parts;
  }

  /** All the certificates of one part. */
  static List<X509Certificate> one(String part) {
    if (part.contains(BEGIN)) return pem(part);
    Path file = file(part);
    if (file == null) return List.of(der(decoded(part)));
    try {
      if (Files.size(file) > MAX_FILE)
        throw new IllegalArgumentException("the file is larger than " + MAX_FILE + " bytes");
      byte[] bytes = Files.readAllBytes(file);
      String content = new String(bytes, StandardCharsets.ISO_8859_1);
      return content.contains(BEGIN) ? pem(content) : List.of(der(bytes));
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + file + " cannot be read", e);
    }
  }

  private static @Nullable Path file(String text) {
    try {
      Path file = Path.of(text.strip());
      return Files.isRegularFile(file) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static List<X509Certificate> pem(String text) {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher matcher = PEM.matcher(text);
    while (matcher.find()) certificates.add(der(decoded(matcher.group(1))));
    if (certificates.isEmpty())
      throw new IllegalArgumentException("the PEM has no -----BEGIN CERTIFICATE-----");
    return certificates;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("neither a file, nor PEM, nor Base64", e);
    }
  }

  private static X509Certificate der(byte[] bytes) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("neither a file nor a certificate", e);
    }
  }
}
