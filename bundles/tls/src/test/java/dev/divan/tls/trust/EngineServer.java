// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** A TLS server over a socket, one client at a time, that gives back what it gets. */
final class EngineServer implements AutoCloseable {
  private static final int ENOUGH = 1 << 16;

  private final SSLContext context;
  private final ServerSocketChannel listening;
  private final Thread thread = new Thread(this::serve, "engine-server");

  EngineServer(SSLContext context) throws IOException {
    this.context = context;
    listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + listening.socket().getLocalPort();
  }

  private void serve() {
    while (listening.isOpen()) {
      try (SocketChannel client = listening.accept()) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        try {
          echo(client, engine);
        } catch (SSLException e) {
          send(client, engine, ByteBuffer.allocate(0));
        }
      } catch (IOException e) {
        // the client reads in an alert what was wrong
      }
    }
  }

  private static void echo(SocketChannel client, SSLEngine engine) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(ENOUGH).flip();
    ByteBuffer said = ByteBuffer.allocate(ENOUGH);
    while (!engine.isOutboundDone()) {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        engine.getDelegatedTask().run();
        continue;
      }
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        send(client, engine, ByteBuffer.allocate(0));
        continue;
      }
      SSLEngineResult result = engine.unwrap(in, said);
      if (said.position() > 0) {
        send(client, engine, said.flip());
        said.clear();
      } else if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        in.compact();
        if (client.read(in) < 0) {
          return;
        }
        in.flip();
      } else if (result.getStatus() == Status.CLOSED) {
        engine.closeOutbound();
      }
    }
  }

  private static void send(SocketChannel client, SSLEngine engine, ByteBuffer plain)
      throws IOException {
    ByteBuffer out = ByteBuffer.allocate(ENOUGH);
    engine.wrap(plain, out);
    out.flip();
    while (out.hasRemaining()) {
      client.write(out);
    }
  }

  @Override
  public void close() throws Exception {
    listening.close();
    thread.join();
  }
}
