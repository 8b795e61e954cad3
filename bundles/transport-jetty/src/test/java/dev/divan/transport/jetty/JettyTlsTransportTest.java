// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import dev.divan.testkit.transport.TransportSuite;
import dev.divan.transport.Acceptor;
import dev.divan.transport.Dialer;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;

class JettyTlsTransportTest extends TransportSuite {
  private static SSLContext server;
  private static SSLContext client;

  private final JettyTransport transport = new JettyTransport();

  @BeforeAll
  static void makeKeys() throws Exception {
    server = Keys.context(Keys.SERVER, Keys.CLIENT);
    client = Keys.context(null, Keys.SERVER);
  }

  @Override
  protected void stop() {
    transport.close();
  }

  @Override
  protected Dialer dialer() {
    return transport;
  }

  @Override
  protected Acceptor acceptor() {
    return transport;
  }

  @Override
  protected URI address(int port, String path) {
    return URI.create("wss://localhost:" + port + path);
  }

  @Override
  protected SSLContext serverTls() {
    return server;
  }

  @Override
  protected SSLContext clientTls() {
    return client;
  }
}
