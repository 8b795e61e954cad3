// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

/**
 * The connection cannot go on: the peer broke the protocol or a limit. The message is constant text
 * fit for the close reason.
 */
public final class Violation extends Exception {
  private static final long serialVersionUID = 1L;
  private final int code;

  /**
   * @param code the WebSocket code to close with
   * @param text at most 123 bytes, nothing in it comes from the peer
   */
  public Violation(int code, String text) {
    // No stack trace: strangers decide how often these are made.
    super(text, null, false, false);
    this.code = code;
  }

  public int code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
