// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import dev.divan.tls.TLSIdentity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;

/** The server's own certificate has one of these SHA-256; nothing else is looked at, nor dates. */
final class OnlyPinned extends ServerJudge {
  private final Set<String> pins;

  OnlyPinned(Set<String> pins) {
    this.pins = pins;
  }

  @Override
  void judge(X509Certificate[] chain) throws CertificateException {
    if (!pins.contains(TLSIdentity.fingerprint(chain[0]))) {
      throw new CertificateException(
          "the certificate is not the pinned one (pinned sha256 "
              + String.join(", ", pins)
              + "): "
              + facts(chain[0])
              + "; if the listener's identity was changed on purpose, pin the new one with"
              + " pinnedServerCertificate");
    }
  }
}
