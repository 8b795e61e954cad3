// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.blob;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** {@code sha1-} and the Base64, with padding, of 20 bytes. */
public final class Digest {
  private static final String PREFIX = "sha1-";
  private static final int LENGTH = 20;
  private static final int TEXT_LENGTH = PREFIX.length() + 28;

  private Digest() {}

  /** The key of a blob's bytes, or null if the text is no digest. */
  public static byte @Nullable [] parse(String digest) {
    if (digest.length() != TEXT_LENGTH || !digest.startsWith(PREFIX)) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(digest.substring(PREFIX.length()));
      return bytes.length == LENGTH && text(bytes).equals(digest) ? bytes : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  public static String text(byte[] sha1) {
    return PREFIX + Base64.getEncoder().encodeToString(sha1);
  }
}
