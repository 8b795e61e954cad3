// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

/** What JSON needs to know of UTF-8. */
final class Utf8 {
  private Utf8() {}

  /**
   * Refuses bytes that are not well-formed UTF-8, from (inclusive) to (exclusive). Also NUL, which
   * no JSON contains, and a byte order mark: the JSON library would take them for other encodings.
   */
  static void check(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (b > 0) {
        at++;
      } else if (b < 0) {
        at = skip(bytes, at, to);
      } else {
        throw new JsonException("malformed JSON", at);
      }
    }
    boolean mark = to - from >= 3 && bytes[from] == (byte) 0xef && bytes[from + 1] == (byte) 0xbb;
    if (mark && bytes[from + 2] == (byte) 0xbf) {
      throw new JsonException("malformed JSON", from);
    }
  }

  /** Refuses a text with half a surrogate pair, which has no UTF-8. */
  static String check(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(++i));
        if (!pair) {
          throw new JsonException("half a surrogate pair", -1);
        }
      }
    }
    return text;
  }

  /** The place after the character of several bytes that begins here. */
  static int skip(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    int second = at + 1 < to ? bytes[at + 1] & 0xff : 0;
    int length;
    boolean well;
    if (lead >= 0xc2 && lead <= 0xdf) {
      length = 2;
      well = second >= 0x80 && second <= 0xbf;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      length = 3;
      // No overlong forms, no surrogates.
      well = second >= (lead == 0xe0 ? 0xa0 : 0x80) && second <= (lead == 0xed ? 0x9f : 0xbf);
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      length = 4;
      well = second >= (lead == 0xf0 ? 0x90 : 0x80) && second <= (lead == 0xf4 ? 0x8f : 0xbf);
    } else {
      throw new JsonException("invalid UTF-8", at);
    }
    well &= at + length <= to;
    for (int next = at + 2; well && next < at + length; next++) {
      well = (bytes[next] & 0xc0) == 0x80;
    }
    if (!well) {
      throw new JsonException("invalid UTF-8", at);
    }
    return at + length;
  }

  /** Compares as the UTF-8 of two strings compares: by code point, not by UTF-16 unit. */
  static int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean high = Character.isSurrogate(x);
        return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
