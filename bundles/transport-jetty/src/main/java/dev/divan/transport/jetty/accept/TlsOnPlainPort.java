// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.accept;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recognises a TLS hello where HTTP is spoken, says so in the log, and hangs up. */
final class TlsOnPlainPort extends AbstractConnectionFactory
    implements ConnectionFactory.Detecting {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.transport");
  private static final int HANDSHAKE = 0x16;
  private static final int MAJOR_VERSION = 3;

  TlsOnPlainPort() {
    super("tls-refused");
  }

  @Override
  public Detection detect(ByteBuffer buffer) {
    if (buffer.remaining() < 1) {
      return Detection.NEED_MORE_BYTES;
    }
    int start = buffer.position();
    if (buffer.get(start) != HANDSHAKE) {
      return Detection.NOT_RECOGNIZED;
    }
    if (buffer.remaining() < 2) {
      return Detection.NEED_MORE_BYTES;
    }
    return buffer.get(start + 1) == MAJOR_VERSION ? Detection.RECOGNIZED : Detection.NOT_RECOGNIZED;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return new HangUp(endPoint, connector);
  }

  private static final class HangUp extends AbstractConnection implements Connection.UpgradeTo {
    HangUp(EndPoint endPoint, Connector connector) {
      super(endPoint, connector.getExecutor());
    }

    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
      // What it wanted to say is of no interest.
    }

    @Override
    public void onOpen() {
      super.onOpen();
      LOG.warn(
          "{} tried wss:// on a plain port; it should use ws://, or TLS be enabled here",
          getEndPoint().getRemoteSocketAddress());
      getEndPoint().close();
    }

    @Override
    public void onFillable() {
      getEndPoint().close();
    }
  }
}
