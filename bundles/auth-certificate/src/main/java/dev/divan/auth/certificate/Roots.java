// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import dev.divan.instance.Settings;
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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates: PEM, inline or in files, several in one; or DER in a file. */
final class Roots {
  /** Bytes of a file; the whole list of a web browser has some 250 kB. */
  static final int MAX_SIZE = 1 << 20;

  /** Line breaks may have been lost on the way through a configuration file. */
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", Pattern.DOTALL);

  private Roots() {}

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  static List<X509Certificate> of(Settings settings, String property) {
    List<X509Certificate> roots = new ArrayList<>();
    for (String each : settings.list(property)) {
      try {
        roots.addAll(isInline(each) ? pem(each) : file(Path.of(each)));
      } catch (CertificateException e) {
        throw settings.fault(property, "cannot be read: " + e.getMessage(), e);
      } catch (IOException e) {
        throw settings.fault(property, each + " cannot be read: " + e, e);
      }
    }
    if (roots.isEmpty()) {
      throw settings.fault(property, "has no certificate");
    }
    return roots;
  }

  /**
   * The files among them.
   *
   * @throws IllegalArgumentException naming instance and property
   */
  static List<Path> files(Settings settings, String property) {
    List<Path> files = new ArrayList<>();
    for (String each : settings.list(property)) {
      try {
        if (!isInline(each)) {
          files.add(Path.of(each));
        }
      } catch (InvalidPathException e) {
        throw settings.fault(property, each + " is no file: " + e.getMessage(), e);
      }
    }
    return files;
  }

  private static boolean isInline(String text) {
    return text.startsWith("-----BEGIN ");
  }

  private static List<X509Certificate> file(Path file) throws IOException, CertificateException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_SIZE + 1);
    }
    if (bytes.length > MAX_SIZE) {
      throw new CertificateException(file + " is larger than " + MAX_SIZE + " bytes");
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      return text.contains("-----BEGIN ") ? pem(text) : List.of(der(bytes));
    } catch (CertificateException e) {
      throw new CertificateException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<X509Certificate> pem(String text) throws CertificateException {
    List<X509Certificate> found = new ArrayList<>();
    Matcher matcher = PEM.matcher(text);
    while (matcher.find()) {
      try {
        found.add(der(Base64.getMimeDecoder().decode(matcher.group(1))));
      } catch (IllegalArgumentException e) {
        throw new CertificateException("what is between BEGIN and END is not Base64", e);
      }
    }
    if (found.isEmpty()) {
      throw new CertificateException("there is no -----BEGIN CERTIFICATE----- in it");
    }
    return found;
  }

  private static X509Certificate der(byte[] bytes) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }
}
