// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** One certificate, signed by its own key, valid today; no authority, no host name. */
final class OnlySelfSigned extends ServerJudge {

  @Override
  void judge(X509Certificate[] chain) throws CertificateException {
    if (chain.length != 1 || !selfSigned(chain[0])) {
      throw new CertificateException(
          "the certificate is not self-signed, and acceptOnlySelfSignedServerCertificate accepts"
              + " nothing else; unset it to trust authorities, or pin the certificate with"
              + " pinnedServerCertificate: "
              + facts(chain[0]));
    }
    checkDates(chain[0]);
  }
}
