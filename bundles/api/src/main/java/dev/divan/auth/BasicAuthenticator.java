// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * User name and password (HTTP Basic, UTF-8): sent with the first request, or, with {@link
 * #onChallenge}, only to a peer that has asked for them.
 */
public final class BasicAuthenticator implements Authenticator {
  /** One header may carry several challenges, with commas between. */
  private static final Pattern BASIC = Pattern.compile("(?i)(^|,)\\s*basic(\\s|,|$)");

  private final String username;
  private final char[] password;
  private final boolean preemptive;

  /**
   * @param password copied
   * @throws IllegalArgumentException if the name contains a colon, which HTTP Basic cannot carry
   */
  public BasicAuthenticator(String username, char[] password) {
    this(username, password, true);
  }

  private BasicAuthenticator(String username, char[] password, boolean preemptive) {
    if (username.indexOf(':') >= 0)
      throw new IllegalArgumentException("a user name cannot contain a colon: " + username);
    this.username = username;
    this.password = password.clone();
    this.preemptive = preemptive;
  }

  /**
   * The same user, who stays silent until the peer answers 401 and asks for Basic. Costs each
   * connection a second request, and keeps the password from a peer that has no use for it.
   */
  public BasicAuthenticator onChallenge() {
    return new BasicAuthenticator(username, password, false);
  }

  public String getUsername() {
    return username;
  }

  /** Whether the first request already has the password. */
  public boolean isPreemptive() {
    return preemptive;
  }

  @Override
  public Map<String, String> headers() {
    return preemptive ? authorization() : Map.of();
  }

  @Override
  public @Nullable Map<String, String> answer(List<String> challenges) {
    // who has sent the password before and is asked again had the wrong one
    boolean asked = challenges.stream().anyMatch(challenge -> BASIC.matcher(challenge).find());
    return !preemptive && asked ? authorization() : null;
  }

  private Map<String, String> authorization() {
    CharBuffer pair = CharBuffer.allocate(username.length() + 1 + password.length);
    pair.put(username).put(':').put(password).flip();
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(pair);
    byte[] bytes = new byte[utf8.remaining()];
    utf8.get(bytes);
    Arrays.fill(pair.array(), '\0');
    Arrays.fill(utf8.array(), (byte) 0);
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
