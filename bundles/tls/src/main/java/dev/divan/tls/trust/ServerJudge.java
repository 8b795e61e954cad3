// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import dev.divan.tls.TLSIdentity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A rule about servers that looks at nothing but the chain. Being an <em>extended</em> trust
 * manager keeps the JVM from adding checks of its own, the host name's among them.
 */
abstract class ServerJudge extends X509ExtendedTrustManager {
  /** Returns if the chain, never empty, is trusted; throws a sentence if not. */
  abstract void judge(X509Certificate[] chain) throws CertificateException;

  @Override
  public final void checkServerTrusted(
      X509Certificate @Nullable [] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public final void checkServerTrusted(
      X509Certificate @Nullable [] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public final void checkServerTrusted(X509Certificate @Nullable [] chain, String authType)
      throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("the server has presented no certificate");
    }
    judge(chain);
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this context is for dialling; it judges no clients");
  }

  @Override
  public final X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  static boolean selfSigned(X509Certificate certificate) {
    if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException notByItsOwnKey) {
      return false;
    }
  }

  /** Refuses what is not valid today, in words that also suspect the clock. */
  static void checkDates(X509Certificate certificate) throws CertificateException {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new CertificateException(
          "the certificate has expired on "
              + certificate.getNotAfter().toInstant()
              + " (is this machine's clock right?): "
              + facts(certificate),
          e);
    } catch (CertificateNotYetValidException e) {
      throw new CertificateException(
          "the certificate is not valid before "
              + certificate.getNotBefore().toInstant()
              + " (is this machine's clock right?): "
              + facts(certificate),
          e);
    }
  }

  static String facts(X509Certificate certificate) {
    return certificate.getSubjectX500Principal()
        + ", sha256 "
        + TLSIdentity.fingerprint(certificate);
  }
}
