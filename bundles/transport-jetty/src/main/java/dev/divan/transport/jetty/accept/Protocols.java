// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.accept;

import dev.divan.transport.BindRequest;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * What is spoken on a port. Both kinds look at the first bytes: a TLS port lets plain HTTP through
 * to be told what to do, a plain port hangs up on TLS.
 */
final class Protocols {
  /** Request line and headers together; Couchbase Lite sends about 500 bytes. */
  private static final int HEADER_BYTES = 16 * 1024;

  private Protocols() {}

  static void configure(ServerConnector connector, BindRequest request) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    SSLContext tls = request.tls();
    connector.clearConnectionFactories();
    if (tls == null) {
      connector.addConnectionFactory(new DetectorConnectionFactory(new TlsOnPlainPort()));
    } else {
      SslContextFactory.Server factory = new SslContextFactory.Server();
      factory.setSslContext(tls);
      factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      // Wanted, not needed: whoever has none is told so in words of HTTP.
      factory.setWantClientAuth(request.clientCertificate());
      factory.setSniRequired(false);
      factory.setEndpointIdentificationAlgorithm(null);
      connector.addConnectionFactory(
          new DetectorConnectionFactory(
              new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString())));
    }
    connector.addConnectionFactory(plain);
  }
}
