// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Steps over the tokens of JSON in UTF-8, refusing what is not well-formed, and makes none of them.
 */
abstract class TokenScanner {
  static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  static final byte[] NULL = {'n', 'u', 'l', 'l'};

  final byte[] json;
  final int end;
  int at;

  /** Whether the string passed last has escapes. */
  boolean escaped;

  TokenScanner(byte[] json) {
    this.json = json;
    this.end = json.length;
  }

  final void string() {
    byte[] bytes = json;
    int limit = end;
    int i = at + 1;
    boolean escapes = false;
    while (i < limit) {
      byte b = bytes[i];
      if (b >= ' ') {
        if (b == '"') {
          at = i + 1;
          escaped = escapes;
          return;
        }
        if (b == '\\') {
          escapes = true;
          i = escape(i);
        } else {
          i++;
        }
      } else if (b < 0) {
        i = Utf8.skip(bytes, i, limit);
      } else {
        throw new JsonException("a control character in a string", i);
      }
    }
    throw new JsonException("malformed JSON", limit);
  }

  /** The place after an escape; surrogates must come in pairs, or the string has no UTF-8. */
  private int escape(int i) {
    int c = i + 1 < end ? json[i + 1] : 0;
    switch (c) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return i + 2;
      }
      case 'u' -> {
        int unit = unit(i);
        if (unit < 0xd800 || unit > 0xdfff) {
          return i + 6;
        }
        int low = unit <= 0xdbff ? unit(i + 6) : 0;
        if (low < 0xdc00 || low > 0xdfff) {
          throw new JsonException("half a surrogate pair", i);
        }
        return i + 12;
      }
      default -> throw new JsonException("malformed JSON", i);
    }
  }

  private int unit(int i) {
    if (i + 6 > end || json[i] != '\\' || json[i + 1] != 'u') {
      throw new JsonException("malformed JSON", i);
    }
    int unit = 0;
    for (int k = i + 2; k < i + 6; k++) {
      int digit = json[k] < 0 ? -1 : Character.digit(json[k], 16);
      if (digit < 0) {
        throw new JsonException("malformed JSON", k);
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  final void number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    boolean power = false;
    if (at < end && json[at] == '.') {
      at++;
      digits();
    }
    if (at < end && (json[at] | 0x20) == 'e') {
      power = true;
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    if (power || at - start > 300) {
      magnitude(start);
    }
  }

  private void digits() {
    int start = at;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong("malformed JSON");
    }
  }

  private void magnitude(int start) {
    if (at - start > Json.MAX_NUMBER) {
      throw new JsonException("a number too long", start);
    }
    String number = new String(json, start, at - start, StandardCharsets.ISO_8859_1);
    boolean whole = number.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
    if (!whole && Double.isInfinite(Double.parseDouble(number))) {
      throw new JsonException("a number out of range", start);
    }
  }

  final void literal(byte[] word) {
    if (!Arrays.equals(json, at, Math.min(end, at + word.length), word, 0, word.length)) {
      throw wrong("malformed JSON");
    }
    at += word.length;
  }

  final void blank() {
    while (at < end) {
      byte b = json[at];
      if (b > ' ' || b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return;
      }
      at++;
    }
  }

  final byte peek() {
    if (at >= end) {
      throw wrong("malformed JSON");
    }
    return json[at];
  }

  final void expect(char c) {
    if (peek() != c) {
      throw wrong("malformed JSON");
    }
    at++;
  }

  final JsonException wrong(String reason) {
    return new JsonException(reason, at);
  }
}
