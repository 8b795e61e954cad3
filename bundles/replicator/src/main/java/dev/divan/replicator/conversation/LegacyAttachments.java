// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For peers that do not know blobs: a top-level {@code _attachments} that shadows each blob
 * dictionary under the name {@code blob_} and its JSON pointer (docs/protocol.md "Blobs").
 */
final class LegacyAttachments {
  private LegacyAttachments() {}

  /** The body with its shadows; the same array if it has no blobs. */
  static byte[] added(byte[] body, String revID) {
    if (!mentionsBlobs(body)) return body;
    if (!(Json.parse(body) instanceof Map<?, ?> document)) return body;
    Map<Object, Object> attachments = new LinkedHashMap<>();
    if (document.get("_attachments") instanceof Map<?, ?> kept) attachments.putAll(kept);
    int before = attachments.size();
    shadow(document, "", generation(revID), attachments);
    if (attachments.size() == before) return body;
    Map<Object, Object> shadowed = new LinkedHashMap<>(document);
    shadowed.put("_attachments", attachments);
    return Json.print(shadowed);
  }

  private static void shadow(
      Object value, String pointer, long generation, Map<Object, Object> attachments) {
    if (value instanceof Map<?, ?> map) {
      if ("blob".equals(map.get("@type")) && map.get("digest") instanceof String) {
        Map<Object, Object> shadow = new LinkedHashMap<>(map);
        shadow.remove("@type");
        shadow.put("stub", true);
        if (generation > 0) shadow.put("revpos", generation);
        attachments.put("blob_" + pointer, shadow);
        return;
      }
      for (Map.Entry<?, ?> entry : map.entrySet())
        if (!(pointer.isEmpty() && "_attachments".equals(entry.getKey())))
          shadow(
              entry.getValue(),
              pointer + "/" + entry.getKey().toString().replace("~", "~0").replace("/", "~1"),
              generation,
              attachments);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++)
        shadow(list.get(i), pointer + "/" + i, generation, attachments);
    }
  }

  private static long generation(String revID) {
    int dash = revID.indexOf('-');
    try {
      return dash > 0 ? Long.parseLong(revID.substring(0, dash)) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Errs only towards yes: a body that never says "blob" has none. */
  static boolean mentionsBlobs(byte[] body) {
    for (int i = 0; i + 5 < body.length; i++)
      if (body[i] == '"'
          && body[i + 1] == 'b'
          && body[i + 2] == 'l'
          && body[i + 3] == 'o'
          && body[i + 4] == 'b'
          && body[i + 5] == '"') return true;
    return false;
  }
}
