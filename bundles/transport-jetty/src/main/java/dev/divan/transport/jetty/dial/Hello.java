// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.dial;

import dev.divan.transport.DialRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The request to upgrade. Written by hand because some listeners compare byte for byte: {@code
 * Connection: Upgrade} alone, {@code Upgrade: websocket} in lower case, all sub-protocols in one
 * line without blanks.
 *
 * @param key what the peer's accept key is made from
 */
record Hello(byte[] bytes, String key) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 16;
  private static final String USER_AGENT = "Divan/" + version();

  /**
   * @throws IllegalArgumentException if a header would break out of its line
   */
  static Hello to(DialRequest request, String authority, boolean usualPort) {
    byte[] random = new byte[KEY_BYTES];
    RANDOM.nextBytes(random);
    String key = Base64.getEncoder().encodeToString(random);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", usualPort ? request.uri().getHost() : authority);
    headers.put("User-Agent", USER_AGENT);
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", "websocket");
    headers.put("Sec-WebSocket-Version", "13");
    headers.put("Sec-WebSocket-Key", key);
    if (!request.protocols().isEmpty()) {
      headers.put("Sec-WebSocket-Protocol", String.join(",", request.protocols()));
    }
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(request.headers());
    // The caller may name itself otherwise; the rest of the handshake is ours.
    String agent = more.remove("User-Agent");
    if (agent != null) {
      headers.put("User-Agent", agent);
    }
    headers.keySet().forEach(more::remove);
    headers.putAll(more);

    StringBuilder text = new StringBuilder("GET ").append(target(request)).append(" HTTP/1.1\r\n");
    headers.forEach(
        (name, value) ->
            text.append(checked(name)).append(": ").append(checked(value)).append("\r\n"));
    byte[] bytes = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    return new Hello(bytes, key);
  }

  private static String target(DialRequest request) {
    String path = request.uri().getRawPath();
    String query = request.uri().getRawQuery();
    String target = path == null || path.isEmpty() ? "/" : path;
    return query == null ? target : target + "?" + query;
  }

  private static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' || c > 0xff) {
        throw new IllegalArgumentException("a request header has a character it must not have");
      }
    }
    return text;
  }

  private static String version() {
    try (InputStream in = Hello.class.getResourceAsStream("version.txt")) {
      return in == null ? "0" : new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
