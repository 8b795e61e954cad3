// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import org.jspecify.annotations.Nullable;

/**
 * How a channel ended.
 *
 * @param code the WebSocket close code; {@link #ABNORMAL} if there was none
 * @param reason the peer's words, at most 123 bytes, or ours; may be empty
 * @param byPeer whether the peer began the closing
 * @param cause the fault, if it was one
 */
public record Closure(int code, String reason, boolean byPeer, @Nullable Throwable cause) {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;
  public static final int ABNORMAL = 1006;
  public static final int POLICY = 1008;
  public static final int TOO_BIG = 1009;
  public static final int UNEXPECTED = 1011;

  /** Application: the peer should come back later. */
  public static final int TRANSIENT = 4001;

  /** Application: coming back will not help. */
  public static final int PERMANENT = 4002;
}
