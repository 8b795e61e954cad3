// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.instance.Settings;
import dev.divan.tls.IdentityAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a configuration of an identity says. */
final class IdentitySettings {
  /** Bytes of a PKCS#12 file read; as in the keeper. */
  private static final long MAX_FILE = 1 << 20;

  private final Settings settings;

  IdentitySettings(Settings settings) {
    this.settings = settings;
  }

  String label() {
    return settings.text("label", settings.name());
  }

  /**
   * @throws IllegalArgumentException if the expiration is no date
   */
  IdentityAttributes attributes() {
    return new IdentityAttributes(
        settings.text("commonName", label()),
        settings.text("organization"),
        settings.text("organizationUnit"),
        settings.text("emailAddress"),
        settings.list("subjectAlternativeNames"),
        expiration());
  }

  private @Nullable Instant expiration() {
    String text = settings.text("expiration");
    if (text == null) {
      return null;
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw settings.fault(
          "expiration",
          "is an ISO 8601 date such as 2030-01-01 or 2030-01-01T00:00:00.000Z, not \""
              + text
              + "\"",
          e);
    }
  }

  /**
   * The PKCS#12, inline or from its file.
   *
   * @throws IllegalArgumentException if there is not one of them, or it cannot be read
   */
  byte[] pkcs12() {
    String base64 = settings.text("certBase64");
    String file = settings.text("file");
    if ((base64 == null) == (file == null)) {
      throw settings.fault("give either certBase64 or file, and not both");
    }
    if (base64 != null) {
      try {
        return Base64.getMimeDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw settings.fault("certBase64", "is not Base64", e);
      }
    }
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MAX_FILE) {
        throw settings.fault("file", path + " is larger than " + MAX_FILE + " bytes");
      }
      return Files.readAllBytes(path);
    } catch (IOException | InvalidPathException e) {
      throw settings.fault("file", file + " cannot be read: " + e, e);
    }
  }

  char[] password() {
    return settings.secret(".password");
  }
}
