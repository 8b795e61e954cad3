// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** User name and password, sent with the first request (HTTP Basic, UTF-8). */
public final class BasicAuthenticator implements Authenticator {
  private final String username;
  private final char[] password;

  /**
   * @param password copied
   * @throws IllegalArgumentException if the name contains a colon, which HTTP Basic cannot carry
   */
  public BasicAuthenticator(String username, char[] password) {
    if (username.indexOf(':') >= 0)
      throw new IllegalArgumentException("a user name cannot contain a colon: " + username);
    this.username = username;
    this.password = password.clone();
  }

  public String getUsername() {
    return username;
  }

  @Override
  public Map<String, String> headers() {
    CharBuffer pair = CharBuffer.allocate(username.length() + 1 + password.length);
    pair.put(username).put(':').put(password).flip();
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(pair);
    byte[] bytes = new byte[utf8.remaining()];
    utf8.get(bytes);
    Arrays.fill(pair.array(), '\0');
    String header = "Basic " + Base64.getEncoder().encodeToString(bytes);
    Arrays.fill(bytes, (byte) 0);
    return Map.of("Authorization", header);
  }

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "BasicAuthenticator[" + username + "]";
  }
}
