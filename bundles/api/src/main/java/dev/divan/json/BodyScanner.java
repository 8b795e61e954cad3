// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import dev.divan.json.Body.BlobReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one pass over a document's bytes. Written by hand rather than over the JSON library because
 * it must know where each member begins and ends, and because every document that arrives goes
 * through it: no tokens, no strings, no tree. What it accepts, {@link Json#parse(byte[])} reads.
 */
final class BodyScanner extends TokenScanner {

  /** A blob dictionary is a few short strings; bounds the work of reading nested ones again. */
  private static final int MAX_BLOB_DICTIONARY = 16 << 10;

  private static final byte[] TYPE = {'@', 't', 'y', 'p', 'e'};
  private static final byte[] BLOB = {'"', 'b', 'l', 'o', 'b', '"'};
  private static final byte[] REMOVED = "_removed".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ATTACHMENTS = "_attachments".getBytes(StandardCharsets.US_ASCII);

  private final KeySet keys = new KeySet();
  private int objects;
  private List<BlobReference> blobs = List.of();

  private final Cuts cuts = new Cuts();
  private boolean removed;
  private Cuts.@Nullable Cut attachments;
  private int attachmentsAt;
  private int attachmentsEnd;

  // The key passed last, without its quotes and escapes.
  private byte[] text;
  private int textStart;
  private int textEnd;

  BodyScanner(byte[] json, int maxBytes) {
    super(json);
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
    return attachments == null
        ? new Body(cuts.apply(json), blobs, removed)
        : withoutShadows(attachments);
  }

  private void object(int depth) {
    enter(depth);
    int start = at++;
    int object = ++objects;
    boolean blob = false;
    Cuts.Cut cut = null;
    blank();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      int member = at;
      if (cut != null) {
        cut.end = member;
        cut = null;
      }
      key();
      if (!keys.add(object, text, textStart, textEnd)) {
        throw new JsonException("a key twice in one object", member);
      }
      boolean type = is(TYPE);
      boolean reserved = depth == 1 && textStart < textEnd && text[textStart] == '_';
      boolean removal = reserved && is(REMOVED);
      boolean legacy = reserved && is(ATTACHMENTS);
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
        cut = cuts.add(member);
        blobs = blobs.subList(0, found);
        removed |= removal && json[value] == 't';
        if (legacy && json[value] == '{') {
          attachments = cut;
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
      cut.end = at;
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

  /** The case of a peer without blobs, which are then also listed as attachments. */
  private Body withoutShadows(Cuts.Cut member) {
    Map<String, ?> listed = Json.parseObject(json, attachmentsAt, attachmentsEnd - attachmentsAt);
    Shadows shadows = new Shadows(Json.parseObject(cuts.apply(json)), listed);
    if (shadows.none()) {
      cuts.spare(member);
      return new Body(cuts.apply(json), blobs, removed);
    }
    return shadows.all()
        ? new Body(cuts.apply(json), blobs, removed)
        : new Body(shadows.document(), shadows.blobs(), removed);
  }
}
