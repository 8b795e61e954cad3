// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.transport.Closure;
import java.nio.charset.StandardCharsets;

/**
 * The contents of an error reply, or the local news that none will come ({@link #isClosed}).
 *
 * @param domain whose code it is, {@link #BLIP}, {@link #HTTP}, {@link #LITECORE} or another
 * @param code 0 if the peer sent none that is a number
 * @param text for people; may be empty
 */
public record BlipError(String domain, int code, String text) {
  public static final String BLIP = "BLIP";
  public static final String HTTP = "HTTP";
  public static final String LITECORE = "LiteCore";

  /** The domain of {@link #closed}; never sent, and not believed from a peer. */
  public static final String CLOSED = "Closed";

  /** Longest text taken from a peer, in bytes: it ends up in logs and in status displays. */
  private static final int MAX_TEXT = 4096;

  private static final String DOMAIN_KEY = "Error-Domain";
  private static final String CODE_KEY = "Error-Code";

  private static final BlipError NO_HANDLER = new BlipError(BLIP, 404, "no handler for message");
  private static final BlipError UNEXPECTED = new BlipError(BLIP, 501, "unexpected exception");

  /** What to answer to a profile one does not know; peers look for exactly these words. */
  public static BlipError noHandler() {
    return NO_HANDLER;
  }

  /** What is answered when the handler throws. */
  public static BlipError unexpected() {
    return UNEXPECTED;
  }

  /** What requests get that were open when the connection ended; the code is the close code. */
  public static BlipError closed(Closure closure) {
    return new BlipError(CLOSED, closure.code(), closure.reason());
  }

  /** Whether the connection ended instead of an answer coming. */
  public boolean isClosed() {
    return domain.equals(CLOSED);
  }

  /** Whether this is the error with that domain and code. */
  public boolean is(String otherDomain, int otherCode) {
    return code == otherCode && domain.equals(otherDomain);
  }

  Properties properties() {
    return Properties.of(DOMAIN_KEY, domain, CODE_KEY, Integer.toString(code));
  }

  byte[] body() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static BlipError received(Properties properties, byte[] bytes, int from, int length) {
    String domain = properties.get(DOMAIN_KEY);
    if (domain == null || domain.isEmpty() || domain.equals(CLOSED)) {
      domain = BLIP;
    }
    long code = properties.number(CODE_KEY, 0);
    int shown = Math.min(length, MAX_TEXT);
    return new BlipError(
        domain,
        code == (int) code ? (int) code : 0,
        new String(bytes, from, shown, StandardCharsets.UTF_8));
  }
}
