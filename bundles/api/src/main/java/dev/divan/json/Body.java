// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import java.util.List;
import java.util.Map;

/**
 * A document's content that has been examined: a JSON object in UTF-8 with no reserved keys at its
 * top level, except an {@code _attachments} that does not merely shadow blobs.
 *
 * @param json the bytes; not to be changed
 * @param blobs the blob dictionaries found anywhere in it
 * @param removed whether it said {@code "_removed":true} when it came: access has been withdrawn
 */
public record Body(byte[] json, List<BlobReference> blobs, boolean removed) {

  /**
   * The longest document, in bytes; what Couchbase Server takes. Trades memory for big documents.
   */
  public static final int MAX_BYTES = 20 << 20;

  /** An object without content, as in most tombstones. */
  public static final Body EMPTY = new Body(new byte[] {'{', '}'}, List.of());

  public Body {
    blobs = List.copyOf(blobs);
  }

  public Body(byte[] json, List<BlobReference> blobs) {
    this(json, blobs, false);
  }

  /**
   * Examines a document in one pass: it must be a JSON object in well-formed UTF-8, at most {@link
   * #MAX_BYTES} long and {@link Json#MAX_DEPTH} deep, with no key twice in one object. Reserved
   * keys are taken out. If there are none, the same array is kept.
   *
   * @throws JsonException if it is not such an object
   */
  public static Body examine(byte[] json) {
    return new BodyScanner(json, MAX_BYTES).scan();
  }

  /** The same with another limit of bytes. */
  public static Body examine(byte[] json, int maxBytes) {
    return new BodyScanner(json, maxBytes).scan();
  }

  /**
   * A blob dictionary.
   *
   * @param digest as written there
   * @param contentType empty if none was given
   * @param encoding of the content, such as {@code gzip}; empty if none was given
   * @param length as written there, or -1
   */
  public record BlobReference(String digest, String contentType, String encoding, long length) {

    /** Whether an object is a blob dictionary that names a digest. */
    static boolean is(Map<?, ?> dictionary) {
      return "blob".equals(dictionary.get("@type")) && dictionary.get("digest") instanceof String;
    }

    static BlobReference of(Map<?, ?> dictionary) {
      return new BlobReference(
          text(dictionary, "digest"),
          text(dictionary, "content_type"),
          text(dictionary, "encoding"),
          dictionary.get("length") instanceof Long length && length >= 0 ? length : -1);
    }

    private static String text(Map<?, ?> dictionary, String key) {
      return dictionary.get(key) instanceof String text ? text : "";
    }
  }
}
