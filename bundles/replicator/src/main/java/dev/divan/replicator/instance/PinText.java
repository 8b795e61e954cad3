// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.tls.TLSIdentity;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Pinned certificates as people write them: a SHA-256, with colons or without, or a certificate;
 * several with commas, for the time in which a listener changes its identity.
 */
final class PinText {
  private static final Pattern SHA256 = Pattern.compile("([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}");

  private PinText() {}

  /**
   * @return their SHA-256 in lower-case hexadecimal, in the order given; at least one
   * @throws IllegalArgumentException if one is none of these
   */
  static Set<String> fingerprints(String text) {
    Set<String> pins = new LinkedHashSet<>();
    for (String part : CertificateText.parts(text)) {
      if (SHA256.matcher(part).matches()) pins.add(part.replace(":", "").toLowerCase(Locale.ROOT));
      else
        for (X509Certificate certificate : CertificateText.one(part))
          pins.add(TLSIdentity.fingerprint(certificate));
    }
    return pins;
  }
}
