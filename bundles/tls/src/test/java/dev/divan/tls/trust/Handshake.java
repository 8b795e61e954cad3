// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines joined in memory. */
final class Handshake {
  private static final int ENOUGH = 1 << 16;

  private Handshake() {}

  /** Runs until both have finished and one byte has gone each way, or one fails. */
  static void run(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(ENOUGH);
    ByteBuffer toClient = ByteBuffer.allocate(ENOUGH);
    client.beginHandshake();
    server.beginHandshake();
    for (int turn = 0; turn < 100; turn++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
      if (idle(client) && idle(server) && toClient.position() == 0 && toServer.position() == 0) {
        return;
      }
    }
    throw new SSLException("the handshake does not end");
  }

  private static boolean idle(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    ByteBuffer sink = ByteBuffer.allocate(ENOUGH);
    for (int turn = 0; turn < 100; turn++) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> {
          for (Runnable task = engine.getDelegatedTask(); task != null; ) {
            task.run();
            task = engine.getDelegatedTask();
          }
        }
        case NEED_WRAP -> engine.wrap(nothing, out);
        default -> {
          if (in.position() == 0) {
            return;
          }
          in.flip();
          try {
            engine.unwrap(in, sink);
          } finally {
            in.compact();
          }
        }
      }
    }
  }
}
