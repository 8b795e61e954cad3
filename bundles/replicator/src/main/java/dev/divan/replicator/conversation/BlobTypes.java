// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.json.Body.BlobReference;
import java.util.Locale;
import java.util.Set;

/**
 * Which blobs are likely to shrink when compressed, told by their type. Unknown types are taken as
 * they are.
 */
final class BlobTypes {
  private static final Set<String> SHRINKING =
      Set.of(
          "application/json",
          "application/xml",
          "application/javascript",
          "application/x-ndjson",
          "image/svg+xml",
          "image/bmp");

  private BlobTypes() {}

  static boolean shrinks(BlobReference blob) {
    String type = blob.contentType().toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    if (parameters >= 0) type = type.substring(0, parameters).trim();
    return blob.encoding().isEmpty()
        && (type.startsWith("text/")
            || type.endsWith("+json")
            || type.endsWith("+xml")
            || SHRINKING.contains(type));
  }
}
