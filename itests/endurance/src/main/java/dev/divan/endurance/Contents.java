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

  /** Count and digest of IDs and revisions, in the order of the IDs; holds none of them. */
  public static String digest(Collection collection) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    long[] count = {0};
    collection.forEach(
        document -> {
          count[0]++;
          String line = document.getId() + '=' + document.getRevisionID() + '\n';
          sha1.update(line.getBytes(StandardCharsets.UTF_8));
        });
    return count[0] + " " + HexFormat.of().formatHex(sha1.digest());
  }
}
