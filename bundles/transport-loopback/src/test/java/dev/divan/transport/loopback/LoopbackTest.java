// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import dev.divan.testkit.transport.TransportSuite;
import dev.divan.transport.Acceptor;
import dev.divan.transport.Dialer;
import java.net.URI;

class LoopbackTest extends TransportSuite {
  private final Loopback loopback = new Loopback();

  @Override
  protected void stop() {
    loopback.close();
  }

  @Override
  protected Dialer dialer() {
    return loopback;
  }

  @Override
  protected Acceptor acceptor() {
    return loopback;
  }

  @Override
  protected URI address(int port, String path) {
    return URI.create("loopback://here:" + port + path);
  }

  @Override
  protected boolean hasAddresses() {
    return false;
  }
}
