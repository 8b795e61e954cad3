// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import java.util.List;
import java.util.Map;

/** What is told of collections. */
public final class CollectionLetters {
  private CollectionLetters() {}

  /**
   * One or more letters of what a commit changed.
   *
   * @param collection its full name
   */
  public static List<Letter> changed(String database, String collection, List<String> documentIDs) {
    return Pieces.of(documentIDs, ReplicatorLetters.MAX_DOCUMENTS).stream()
        .map(
            piece ->
                new Letter(
                    Topics.CHANGED,
                    Map.of(
                        "database",
                        database,
                        "collection",
                        collection,
                        "documents",
                        piece.toArray(String[]::new)),
                    null,
                    piece.size()))
        .toList();
  }
}
