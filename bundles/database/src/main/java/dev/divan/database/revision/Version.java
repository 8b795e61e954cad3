// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time at a source: {@code <hex>@<22 characters of Base64>}. The time is nanoseconds since 1970
 * with a counter in the low 16 bits; the source is the UUID of the database that wrote it.
 */
public record Version(long time, UUID source) {

  /** The source of versions that stand for rev-tree IDs, {@code Revision+Tree+Encoding}. */
  public static final UUID LEGACY = new UUID(0x45ebe2b22a27f93aL, 0xde7be1277287629eL);

  private static final int SOURCE_LENGTH = 22;

  /** The version a text is, or null if it is none. */
  public static @Nullable Version parse(String text) {
    int at = text.indexOf('@');
    if (at < 1 || text.length() - at - 1 != SOURCE_LENGTH) {
      return null;
    }
    long time = 0;
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0 || time >>> 60 != 0) {
        return null;
      }
      time = time << 4 | digit;
    }
    UUID source = source(text.substring(at + 1));
    return time == 0 || source == null ? null : new Version(time, source);
  }

  private static @Nullable UUID source(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    UUID source = new UUID(buffer.getLong(), buffer.getLong());
    // Unused low bits must be zero, or one source had four names; and nobody is nobody.
    boolean canonical = text(source).equals(text);
    return canonical && !source.equals(new UUID(0, 0)) ? source : null;
  }

  /** How a source is written. */
  public static String text(UUID source) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(source.getMostSignificantBits()).putLong(source.getLeastSignificantBits());
    return Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * The version that stands for a rev-tree ID: generation, then the first 40 bits of the digest.
   */
  public static Version legacy(RevID id) {
    long digest = 0;
    for (int i = 0; i < 5; i++) {
      digest = digest << 8 | (i < id.digest().length ? id.digest()[i] & 0xff : 0);
    }
    return new Version(id.generation() << 40 | digest, LEGACY);
  }

  @Override
  public String toString() {
    return Long.toHexString(time) + "@" + text(source);
  }
}
