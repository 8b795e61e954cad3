// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import dev.divan.json.Body.BlobReference;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The one pass over a document's bytes. Written by hand rather than over the JSON library because
 * it must know where each member begins and ends, and because every document that arrives goes
 * through it: no tokens, no strings, no tree. What it accepts, {@link Json#parse(byte[])} reads.
 */
final class BodyScanner {

  /** A blob dictionary is a few short strings; bounds the work of reading nested ones again. */
  private static final int MAX_BLOB_DICTIONARY = 16 << 10;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TYPE = {'@', 't', 'y', 'p', 'e'};
  private static final byte[] BLOB = {'"', 'b', 'l', 'o', 'b', '"'};
  private static final byte[] REMOVED = "_removed".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ATTACHMENTS = "_attachments".getBytes(StandardCharsets.US_ASCII);

  private final byte[] json;
  private final int end;
  private final KeySet keys = new KeySet();
  private int at;
  private int objects;
  private List<BlobReference> blobs = List.of();

  // Reserved members at the top: where each begins and where the next one or the end does.
  private List<int[]> cuts = List.of();
  private boolean removed;
  private int attachmentsAt = -1;
  private int attachmentsEnd;

  // The key or string passed last, without its quotes, and whether it has escapes.
  private byte[] text;
  private int textStart;
  private int textEnd;
  private boolean escaped;

  BodyScanner(byte[] json, int maxBytes) {
    this.json = json;
    this.end = json.length;
    this.text = json;
    if (json.length > maxBytes) {
      throw new JsonException("longer than allowed", maxBytes);
    }
  }

  Body scan() {
    blank();
    if (at == end || json[at] != '{') {
      throw wrong("not a JSON object");
    }
    object(1);
    blank();
    if (at != end) {
      throw wrong("more after the JSON object");
    }
    if (cuts.isEmpty()) {
      return new Body(json, blobs, removed);
    }
    if (attachmentsAt < 0) {
      return new Body(cut(new byte[0]), blobs, removed);
    }
    return withoutShadows();
  }

  private void object(int depth) {
    enter(depth);
    int start = at++;
    int object = ++objects;
    boolean blob = false;
    int[] cut = null;
    blank();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      int member = at;
      if (cut != null) {
        cut[1] = member;
        cut = null;
      }
      key();
      if (!keys.add(object, text, textStart, textEnd)) {
        throw new JsonException("a key twice in one object", member);
      }
      boolean type = is(TYPE);
      boolean reserved = depth == 1 && textStart < textEnd && text[textStart] == '_';
      boolean removal = reserved && is(REMOVED);
      boolean attachments = reserved && is(ATTACHMENTS);
      blank();
      expect(':');
      blank();
      int value = at;
      int found = blobs.size();
      value(depth);
      if (type) {
        blob = isBlob(value);
      }
      if (reserved) {
        cut = new int[] {member, 0};
        cuts = cuts.isEmpty() ? new ArrayList<>() : cuts;
        cuts.add(cut);
        blobs = blobs.subList(0, found);
        removed |= removal && json[value] == 't';
        if (attachments) {
          attachmentsAt = value;
          attachmentsEnd = at;
        }
      }
      blank();
      if (peek() == '}') {
        break;
      }
      expect(',');
      blank();
    }
    if (cut != null) {
      cut[1] = at;
    }
    at++;
    if (blob) {
      blob(start);
    }
  }

  private void array(int depth) {
    enter(depth);
    at++;
    blank();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      value(depth);
      blank();
      if (peek() == ']') {
        at++;
        return;
      }
      expect(',');
      blank();
    }
  }

  private void value(int depth) {
    switch (peek()) {
      case '"' -> string();
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case 'n' -> literal(NULL);
      default -> number();
    }
  }

  private void enter(int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw wrong("nested too deep");
    }
  }

  private void key() {
    if (peek() != '"') {
      throw wrong("malformed JSON");
    }
    text = json;
    textStart = at + 1;
    string();
    textEnd = at - 1;
    if (escaped) {
      text = unescaped(textStart - 1, at).getBytes(StandardCharsets.UTF_8);
      textStart = 0;
      textEnd = text.length;
    }
  }

  private void string() {
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

  private void number() {
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

  private void literal(byte[] word) {
    if (!Arrays.equals(json, at, Math.min(end, at + word.length), word, 0, word.length)) {
      throw wrong("malformed JSON");
    }
    at += word.length;
  }

  private void blank() {
    while (at < end) {
      byte b = json[at];
      if (b > ' ' || b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return;
      }
      at++;
    }
  }

  private byte peek() {
    if (at >= end) {
      throw wrong("malformed JSON");
    }
    return json[at];
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("malformed JSON");
    }
    at++;
  }

  private boolean is(byte[] name) {
    return textEnd - textStart == name.length
        && Arrays.equals(text, textStart, textEnd, name, 0, name.length);
  }

  private boolean isBlob(int value) {
    if (json[value] != '"') {
      return false;
    }
    return escaped
        ? unescaped(value, at).equals("blob")
        : Arrays.equals(json, value, at, BLOB, 0, BLOB.length);
  }

  private String unescaped(int from, int to) {
    return String.valueOf(Json.parse(json, from, to - from));
  }

  private void blob(int start) {
    if (at - start > MAX_BLOB_DICTIONARY) {
      throw new JsonException("a blob dictionary too long", start);
    }
    if (Json.parse(json, start, at - start) instanceof Map<?, ?> map && BlobReference.is(map)) {
      blobs = blobs instanceof ArrayList ? blobs : new ArrayList<>(blobs);
      blobs.add(BlobReference.of(map));
    }
  }

  /** The document without the reserved members, and with another one at its end. */
  private byte[] cut(byte[] member) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(end + member.length);
    int from = 0;
    for (int[] cut : cuts) {
      out.write(json, from, cut[0] - from);
      from = cut[1];
    }
    byte[] kept = out.toByteArray();
    int length = kept.length;
    if (json[from] == '}') {
      // The last member went: so must the comma before it.
      while (kept[length - 1] <= ' ') {
        length--;
      }
      length -= kept[length - 1] == ',' ? 1 : 0;
    }
    out.reset();
    out.write(kept, 0, length);
    if (member.length == 0) {
      out.write(json, from, end - from);
      return out.toByteArray();
    }
    int close = end - 1;
    while (json[close] != '}') {
      close--;
    }
    out.write(json, from, close - from);
    byte[] soFar = out.toByteArray();
    int last = soFar.length - 1;
    while (soFar[last] <= ' ') {
      last--;
    }
    if (soFar[last] != '{') {
      out.write(',');
    }
    out.write(member, 0, member.length);
    out.write('}');
    return out.toByteArray();
  }

  /** The case of a peer without blobs, which are then also listed as attachments. */
  private Body withoutShadows() {
    Object attachments = Json.parse(json, attachmentsAt, attachmentsEnd - attachmentsAt);
    if (!(attachments instanceof Map<?, ?> map)) {
      return new Body(cut(new byte[0]), blobs, removed);
    }
    Shadows shadows = new Shadows(Json.parseObject(cut(new byte[0])), map);
    byte[] kept = shadows.kept();
    byte[] member = new byte[0];
    if (kept.length > 0) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes("\"_attachments\":".getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(kept);
      member = out.toByteArray();
    }
    if (!shadows.changed()) {
      return new Body(cut(member), blobs, removed);
    }
    return new Body(shadows.document(), shadows.blobs(), removed);
  }

  private JsonException wrong(String reason) {
    return new JsonException(reason, at);
  }
}
