// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.tls.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Certificates as people write them: PEM, whose line breaks a properties file may have eaten, with
 * any number of them; Base64 of DER; or a file with PEM or DER. Several of these stand behind one
 * another with commas.
 */
final class CertificateText {
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
    Path file = Certificates.isPem(part) ? null : file(part);
    try {
      return file == null ? Certificates.parse(part) : Certificates.read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      String what =
          file == null ? "there is no such file, and as text " : "the file " + file + ": ";
      throw new IllegalArgumentException(what + e.getMessage(), e);
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
}
