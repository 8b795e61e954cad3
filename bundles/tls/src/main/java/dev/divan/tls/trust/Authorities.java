// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import dev.divan.tls.TLSIdentity;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Signed by an authority, for the host dialled. Transports ask for no host name check, so this
 * trust manager switches it on itself, for the handshake it is asked about: host names against DNS
 * names, IP addresses against IP names, as in HTTPS.
 */
final class Authorities extends X509ExtendedTrustManager {
  private static final String HTTPS = "HTTPS";

  private final X509ExtendedTrustManager jvm;
  private final String unknown;

  /** Those the JVM knows, or stands in for them. */
  Authorities(@Nullable KeyStore anchors) throws GeneralSecurityException {
    this(
        anchors,
        "by no authority this JVM knows, but by %s; give that authority in trustedCertificates, add"
            + " it to the JVM's trust store,");
  }

  /** These and no others. */
  Authorities(Set<X509Certificate> roots) throws GeneralSecurityException {
    this(store(roots), "by none of trustedCertificates, but by %s; add that authority,");
  }

  private static KeyStore store(Set<X509Certificate> roots) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    for (X509Certificate root : roots) {
      store.setCertificateEntry(TLSIdentity.fingerprint(root), root);
    }
    return store;
  }

  private Authorities(@Nullable KeyStore anchors, String unknown) throws GeneralSecurityException {
    this.unknown = unknown;
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        jvm = extended;
        return;
      }
    }
    throw new GeneralSecurityException("the JVM has no X.509 trust manager");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(HTTPS);
    engine.setSSLParameters(parameters);
    try {
      jvm.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw inWords(chain, engine.getHandshakeSession(), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (!(socket instanceof SSLSocket tls)) {
      throw withoutHost();
    }
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(HTTPS);
    tls.setSSLParameters(parameters);
    try {
      jvm.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw inWords(chain, tls.getHandshakeSession(), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw withoutHost();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this context is for dialling; it judges no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jvm.getAcceptedIssuers();
  }

  private static CertificateException withoutHost() {
    return new CertificateException("a certificate cannot be judged without knowing its host");
  }

  private CertificateException inWords(
      X509Certificate[] chain, @Nullable SSLSession session, CertificateException why)
      throws CertificateException {
    X509Certificate own = chain[0];
    String facts = ServerJudge.facts(own);
    if (chain.length == 1 && ServerJudge.selfSigned(own)) {
      return new CertificateException(
          "the certificate is self-signed; to trust it set"
              + " acceptOnlySelfSignedServerCertificate or pin it with pinnedServerCertificate: "
              + facts,
          why);
    }
    for (X509Certificate certificate : chain) {
      ServerJudge.checkDates(certificate);
    }
    // path building reports a subclass; the host name check throws the plain class
    if (why.getClass() == CertificateException.class) {
      String host = session == null ? "the host" : session.getPeerHost();
      return new CertificateException(
          "the certificate is not for " + host + " (" + why.getMessage() + "): " + facts, why);
    }
    return new CertificateException(
        "the certificate is signed "
            + String.format(unknown, own.getIssuerX500Principal())
            + " or pin the certificate with pinnedServerCertificate: "
            + facts,
        why);
  }
}
