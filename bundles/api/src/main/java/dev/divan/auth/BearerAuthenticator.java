// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A token in the {@code Authorization} header (RFC 6750), such as OpenID Connect gives out. */
public final class BearerAuthenticator implements Authenticator {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final Supplier<String> token;

  /**
   * @throws IllegalArgumentException if it is no token; the message does not repeat it
   */
  public BearerAuthenticator(String token) {
    if (!isToken(token)) throw new IllegalArgumentException(complaint());
    this.token = () -> token;
  }

  /**
   * @param token asked before each connection, on a thread that may block, so that a token that
   *     expires can be renewed; may throw {@link IllegalStateException} if there is none just now
   */
  public BearerAuthenticator(Supplier<String> token) {
    this.token = token;
  }

  @Override
  public Map<String, String> headers() {
    String now = token.get();
    if (!isToken(now)) throw new IllegalStateException(complaint());
    return Map.of("Authorization", "Bearer " + now);
  }

  private static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  private static String complaint() {
    return "the token is empty or has a character that no token has";
  }

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "BearerAuthenticator";
  }
}
