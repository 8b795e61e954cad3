// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import dev.divan.tls.TLSIdentity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** The server's own certificate has this SHA-256; nothing else is looked at, dates included. */
final class OnlyPinned extends ServerJudge {
  private final String sha256;

  OnlyPinned(String sha256) {
    this.sha256 = sha256;
  }

  @Override
  void judge(X509Certificate[] chain) throws CertificateException {
    if (!TLSIdentity.fingerprint(chain[0]).equals(sha256)) {
      throw new CertificateException(
          "the certificate is not the pinned one (pinned sha256 "
              + sha256
              + "): "
              + facts(chain[0])
              + "; if the listener's identity was changed on purpose, pin the new one with"
              + " pinnedServerCertificate");
    }
  }
}
