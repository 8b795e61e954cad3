// SPDX-License-Identifier: Apache-2.0
package dev.divan.endurance;

import dev.divan.database.Collection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The documents of a collection with their revisions, to compare two places by. */
public record Contents(Map<String, String> revisions) {

  public static Contents of(Collection collection) {
    Map<String, String> revisions = new TreeMap<>();
    collection.forEach(
        document -> revisions.put(document.getId(), String.valueOf(document.getRevisionID())));
    return new Contents(revisions);
  }

  public String digest() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(revisions.toString().getBytes(StandardCharsets.UTF_8));
      return revisions.size() + " " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
