// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import dev.divan.testkit.transport.TransportSuite;
import dev.divan.transport.Acceptor;
import dev.divan.transport.Dialer;
import java.net.URI;

class JettyTransportTest extends TransportSuite {
  private final JettyTransport transport = new JettyTransport();

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
    return URI.create("ws://localhost:" + port + path);
  }
}
