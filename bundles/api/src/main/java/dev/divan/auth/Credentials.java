// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client brought.
 *
 * @param username null if it sent no (readable) {@code Authorization: Basic}
 * @param password null likewise; wiped after the verdict
 * @param certificates the chain it presented and proved, its own first; may be empty
 * @param address where it comes from
 */
public record Credentials(
    @Nullable String username,
    char @Nullable [] password,
    List<X509Certificate> certificates,
    @Nullable InetSocketAddress address) {

  /**
   * Reads the header of HTTP Basic. Bytes that are UTF-8 are read so, others as ISO-8859-1: older
   * clients send that (docs/protocol.md, "Authentication").
   *
   * @param authorization the header's value; null, or of another scheme, gives no user
   */
  public static Credentials of(
      @Nullable String authorization,
      List<X509Certificate> certificates,
      @Nullable InetSocketAddress address) {
    if (authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      try {
        String text = text(Base64.getDecoder().decode(authorization.substring(6).trim()));
        int colon = text.indexOf(':');
        if (colon >= 0)
          return new Credentials(
              text.substring(0, colon),
              text.substring(colon + 1).toCharArray(),
              certificates,
              address);
      } catch (IllegalArgumentException notBase64) {
        return new Credentials(null, null, certificates, address);
      }
    }
    return new Credentials(null, null, certificates, address);
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "Credentials[username=" + username + ", address=" + address + "]";
  }
}
