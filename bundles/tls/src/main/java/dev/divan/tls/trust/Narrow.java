// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context that knows less than the JVM's: what it says it supports is all a transport can choose
 * from, so neither a transport's setting nor a loosened policy of the JVM brings back what is weak.
 */
final class Narrow extends SSLContextSpi {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** Forward secrecy and authenticated encryption; what the processor does itself comes first. */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final SSLContext wide;

  private Narrow(SSLContext wide) {
    this.wide = wide;
  }

  static SSLContext of(SSLContext wide) {
    return new SSLContext(new Narrow(wide), wide.getProvider(), wide.getProtocol()) {};
  }

  static SSLParameters narrowed(SSLParameters parameters) {
    parameters.setProtocols(common(PROTOCOLS, parameters.getProtocols()));
    parameters.setCipherSuites(suites(parameters.getCipherSuites()));
    return parameters;
  }

  static String[] suites(String[] all) {
    return common(SUITES, all);
  }

  /** Those of the first that are in the second. */
  private static String[] common(List<String> ours, String[] theirs) {
    List<String> known = Arrays.asList(theirs);
    return ours.stream().filter(known::contains).toArray(String[]::new);
  }

  private static SSLEngine narrowed(SSLEngine engine) {
    SSLParameters parameters = narrowed(engine.getSSLParameters());
    parameters.setAlgorithmConstraints(new NoSecondHandshake(engine));
    engine.setSSLParameters(parameters);
    return engine;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return narrowed(wide.createSSLEngine());
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(@Nullable String host, int port) {
    return narrowed(wide.createSSLEngine(host, port));
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return new NarrowSockets(wide.getSocketFactory());
  }

  /** Sockets that are accepted could not be kept from renegotiating. */
  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw new UnsupportedOperationException("listen with engines");
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return narrowed(wide.getDefaultSSLParameters());
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return narrowed(wide.getSupportedSSLParameters());
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return wide.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return wide.getClientSessionContext();
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trust,
      @Nullable SecureRandom random) {
    throw new IllegalStateException("this context is ready as it is");
  }
}
