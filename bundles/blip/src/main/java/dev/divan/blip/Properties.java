// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.divan.blip.codec.Head;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a message: a short, ordered list of pairs of strings. Immutable; a view of the
 * bytes as they travel, decoded when asked. Keys are case-sensitive; of a key that occurs twice the
 * first counts.
 */
public final class Properties {
  /** Most bytes all pairs may take in UTF-8, with a NUL behind each string. */
  public static final int MAX_BYTES = Head.MAX_PROPERTIES;

  public static final Properties EMPTY = new Properties(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int from;
  private final int to;

  /** A view: the bytes must not change any more. */
  Properties(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /**
   * @param keysAndValues alternating
   * @throws IllegalArgumentException if the number is odd, a string contains NUL, or all is too
   *     long
   */
  public static Properties of(String... keysAndValues) {
    if (keysAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a key without value");
    }
    Builder builder = new Builder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      builder.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** The value, possibly empty; null if there is no such key. */
  public @Nullable String get(String key) {
    int at = from;
    while (at < to) {
      int keyEnd = nul(at);
      int value = Math.min(keyEnd + 1, to);
      int valueEnd = nul(value);
      if (matches(key, at, keyEnd)) {
        return new String(bytes, value, valueEnd - value, UTF_8);
      }
      at = valueEnd + 1;
    }
    return null;
  }

  /** The value, or null if it is absent or empty, which often means the same. */
  public @Nullable String nonEmpty(String key) {
    String value = get(key);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Whether the value means yes: {@code true} or {@code yes} in any case, or an integer but 0. */
  public boolean flag(String key) {
    String value = get(key);
    if (value == null || value.isEmpty()) {
      return false;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> true;
      case "false", "no", "0" -> false;
      default -> integer(value, 0) != 0;
    };
  }

  /** The value as a decimal integer, or {@code otherwise} if it is absent or is none. */
  public long number(String key, long otherwise) {
    String value = get(key);
    return value == null ? otherwise : integer(value, otherwise);
  }

  /** Shows all pairs, in order. */
  public void forEach(BiConsumer<String, String> visitor) {
    int at = from;
    while (at < to) {
      int keyEnd = nul(at);
      int value = Math.min(keyEnd + 1, to);
      int valueEnd = nul(value);
      visitor.accept(
          new String(bytes, at, keyEnd - at, UTF_8),
          new String(bytes, value, valueEnd - value, UTF_8));
      at = valueEnd + 1;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Properties p && Arrays.equals(bytes, from, to, p.bytes, p.from, p.to);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** {@code key=value key=value}, for logs. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    forEach(
        (key, value) ->
            text.append(text.isEmpty() ? "" : " ").append(key).append('=').append(value));
    return text.toString();
  }

  /** Length of the block. */
  int length() {
    return to - from;
  }

  /** Copies {@code n} bytes of the block, beginning with the one at {@code offset}. */
  void copy(int offset, byte[] into, int at, int n) {
    System.arraycopy(bytes, from + offset, into, at, n);
  }

  private int nul(int start) {
    int i = start;
    while (i < to && bytes[i] != 0) {
      i++;
    }
    return i;
  }

  private boolean matches(String key, int start, int end) {
    int length = key.length();
    int n = end - start;
    for (int i = 0; i < length && i < n; i++) {
      char c = key.charAt(i);
      if (c >= 0x80) {
        return key.equals(new String(bytes, start, n, UTF_8));
      }
      if (c != bytes[start + i]) {
        return false;
      }
    }
    return length == n;
  }

  private static long integer(String value, long otherwise) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** Makes properties, in the order of the calls. Use each key once: some peers insist. */
  public static final class Builder {
    private byte[] bytes = new byte[128];
    private int length;

    private Builder() {}

    /**
     * @throws IllegalArgumentException if a string contains NUL, or the whole grows too long
     */
    public Builder put(String key, String value) {
      append(key);
      append(value);
      return this;
    }

    public Builder put(String key, long value) {
      return put(key, Long.toString(value));
    }

    /** Writes {@code true} or {@code false}. */
    public Builder put(String key, boolean value) {
      return put(key, value ? "true" : "false");
    }

    public Properties build() {
      return length == 0 ? EMPTY : new Properties(Arrays.copyOf(bytes, length), 0, length);
    }

    private void append(String text) {
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a property contains NUL");
      }
      byte[] encoded = text.getBytes(UTF_8);
      int end = length + encoded.length + 1;
      if (end > MAX_BYTES) {
        throw new IllegalArgumentException("properties longer than " + MAX_BYTES + " bytes");
      }
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      System.arraycopy(encoded, 0, bytes, length, encoded.length);
      bytes[end - 1] = 0;
      length = end;
    }
  }
}
