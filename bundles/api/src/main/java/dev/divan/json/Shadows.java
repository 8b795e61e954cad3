// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import dev.divan.json.Body.BlobReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code _attachments} of a document whose entries {@code blob_} + JSON pointer repeat its blob
 * dictionaries. Such entries go; if one has another digest than the dictionary it is newer, since
 * the peer that changed it did not know the dictionary.
 */
final class Shadows {
  private static final String PREFIX = "blob_";

  private final Map<String, @Nullable Object> document;
  private final Map<String, @Nullable Object> kept = new LinkedHashMap<>();
  private boolean lifted;
  private boolean changed;

  Shadows(Map<String, @Nullable Object> document, Map<?, ?> attachments) {
    this.document = document;
    attachments.forEach(
        (name, entry) -> {
          if (lift(String.valueOf(name), entry)) {
            lifted = true;
          } else {
            kept.put(String.valueOf(name), entry);
          }
        });
  }

  private boolean lift(String name, @Nullable Object entry) {
    if (!name.startsWith(PREFIX) || !(entry instanceof Map<?, ?> shadow)) {
      return false;
    }
    if (!(target(name.substring(PREFIX.length())) instanceof Map<?, ?> found)
        || !"blob".equals(found.get("@type"))) {
      return false;
    }
    @SuppressWarnings("unchecked") // a parsed object
    Map<String, @Nullable Object> blob = (Map<String, @Nullable Object>) found;
    if (shadow.get("digest") instanceof String digest && !digest.equals(blob.get("digest"))) {
      blob.put("digest", digest);
      copy(shadow, blob, "length");
      copy(shadow, blob, "content_type");
      changed = true;
    }
    return true;
  }

  private static void copy(Map<?, ?> from, Map<String, @Nullable Object> to, String key) {
    if (from.containsKey(key)) {
      to.put(key, from.get(key));
    }
  }

  private @Nullable Object target(String pointer) {
    if (!pointer.startsWith("/")) {
      return null;
    }
    Object at = document;
    for (String step : pointer.substring(1).split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      if (at instanceof Map<?, ?> map) {
        at = map.get(name);
      } else if (at instanceof List<?> list && name.matches("[0-9]{1,9}")) {
        int index = Integer.parseInt(name);
        at = index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return at;
  }

  /** Whether no entry shadows a blob: all of them stay. */
  boolean none() {
    return !lifted && !kept.isEmpty();
  }

  /** Whether all entries do no more than that: they go, and nothing else changes. */
  boolean all() {
    return kept.isEmpty() && !changed;
  }

  /** The document with the digests taken over. */
  byte[] document() {
    Map<String, @Nullable Object> whole = new LinkedHashMap<>(document);
    if (!kept.isEmpty()) {
      whole.put("_attachments", kept);
    }
    return Json.print(whole);
  }

  List<BlobReference> blobs() {
    List<BlobReference> found = new ArrayList<>();
    collect(document, found);
    return found;
  }

  private static void collect(@Nullable Object value, List<BlobReference> found) {
    if (value instanceof Map<?, ?> map) {
      if (BlobReference.is(map)) {
        found.add(BlobReference.of(map));
      }
      map.values().forEach(item -> collect(item, found));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> collect(item, found));
    }
  }
}
