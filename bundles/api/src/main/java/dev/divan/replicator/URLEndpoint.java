// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import java.net.URI;

/**
 * The address of a listener's database: {@code ws://host:port/database} or {@code wss://…}. Other
 * transports add their own schemes.
 */
public record URLEndpoint(URI url) {

  /**
   * @throws IllegalArgumentException with what to write instead
   */
  public URLEndpoint {
    String scheme = url.getScheme();
    if (scheme == null)
      throw new IllegalArgumentException(
          "a URL such as wss://host:4984/database is needed: " + url);
    if (scheme.equals("http") || scheme.equals("https"))
      throw new IllegalArgumentException(
          "peers speak WebSocket: write "
              + (scheme.equals("http") ? "ws" : "wss")
              + "://…: "
              + url);
    if (url.getRawUserInfo() != null)
      throw new IllegalArgumentException(
          "user and password belong into an authenticator, not into the URL of " + url.getHost());
    if (url.getRawQuery() != null || url.getRawFragment() != null)
      throw new IllegalArgumentException("the URL cannot have a query or fragment: " + url);
    String path = url.getRawPath();
    if (url.getHost() == null || path == null || path.length() < 2)
      throw new IllegalArgumentException(
          "host and database are needed, wss://host:4984/database: " + url);
  }

  public static URLEndpoint of(String url) {
    return new URLEndpoint(URI.create(url));
  }

  /** Whether TLS is spoken there. */
  public boolean isSecure() {
    return "wss".equals(url.getScheme());
  }
}
