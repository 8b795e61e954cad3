// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.instance.Settings;
import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityAttributes.KeyAlgorithm;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What a configuration says of a certificate to be made. */
final class SelfSignedSettings {
  private SelfSignedSettings() {}

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  static IdentityAttributes attributes(String label, Settings settings) {
    return new IdentityAttributes(
        settings.text("commonName", label),
        settings.text("organization"),
        settings.text("organizationUnit"),
        settings.text("emailAddress"),
        settings.list("subjectAlternativeNames"),
        expiration(settings),
        settings.choice("keyAlgorithm", KeyAlgorithm.class, KeyAlgorithm.EC));
  }

  private static @Nullable Instant expiration(Settings settings) {
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
}
