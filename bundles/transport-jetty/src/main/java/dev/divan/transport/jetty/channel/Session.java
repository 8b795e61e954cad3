// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.channel;

import java.time.Duration;
import org.eclipse.jetty.websocket.core.Configuration;

/** The settings of a WebSocket, the same on both sides. */
public final class Session {
  /**
   * Small frames sent together are copied into a buffer of this size and written at once; a frame
   * of a quarter of it or more is written from where it is.
   */
  private static final int OUTPUT_BUFFER = 64 * 1024;

  private static final int INPUT_BUFFER = 64 * 1024;

  private Session() {}

  public static void configure(Configuration session) {
    session.setAutoFragment(false);
    session.setMaxFrameSize(Assembly.LIMIT);
    session.setInputBufferSize(INPUT_BUFFER);
    session.setOutputBufferSize(OUTPUT_BUFFER);
    session.setIdleTimeout(Duration.ZERO); // The heartbeat's business.
  }
}
