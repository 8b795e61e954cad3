// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A session the peer has given out before, sent as a cookie. It takes the place of a {@code Cookie}
 * header in the replicator's configuration.
 */
public final class SessionAuthenticator implements Authenticator {
  public static final String DEFAULT_COOKIE_NAME = "SyncGatewaySession";

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** What RFC 6265 lets a cookie hold. */
  private static final Pattern VALUE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]+");

  private final String sessionID;
  private final String cookieName;

  public SessionAuthenticator(String sessionID) {
    this(sessionID, DEFAULT_COOKIE_NAME);
  }

  /**
   * @throws IllegalArgumentException if one of them cannot stand in a cookie; the message does not
   *     repeat the session
   */
  public SessionAuthenticator(String sessionID, String cookieName) {
    if (!NAME.matcher(cookieName).matches())
      throw new IllegalArgumentException("no cookie can be called \"" + cookieName + "\"");
    if (!VALUE.matcher(sessionID).matches())
      throw new IllegalArgumentException(
          "the session is empty or has a character that no cookie can hold");
    this.sessionID = sessionID;
    this.cookieName = cookieName;
  }

  public String getCookieName() {
    return cookieName;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Cookie", cookieName + "=" + sessionID);
  }

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "SessionAuthenticator[" + cookieName + "]";
  }
}
