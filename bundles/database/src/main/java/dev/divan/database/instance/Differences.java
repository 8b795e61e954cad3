// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One sentence for each property that another configuration changes: name, class, effect. */
final class Differences {
  private Differences() {}

  static List<String> between(DatabaseSettings before, DatabaseSettings after) {
    List<String> lines = new ArrayList<>();
    add(
        lines,
        after,
        "name (rebind)",
        before.name(),
        after.name(),
        "closes the one, opens the other");
    add(
        lines,
        after,
        "store (hot)",
        before.storeFilter(),
        after.storeFilter(),
        after.moveContents()
            ? "the contents move while everything goes on"
            : "closes here and opens what is there");
    add(
        lines,
        after,
        "moveContents (hot)",
        before.moveContents(),
        after.moveContents(),
        "counts when the store changes");
    add(
        lines,
        after,
        "collections (hot)",
        before.collections(),
        after.collections(),
        "makes those that are not there, deletes none");
    add(
        lines,
        after,
        "deltaSync (hot)",
        before.deltaSync(),
        after.deltaSync(),
        "counts for the next connection");
    return lines;
  }

  private static void add(
      List<String> lines,
      DatabaseSettings settings,
      String property,
      @Nullable Object before,
      @Nullable Object after,
      String effect) {
    if (!Objects.equals(before, after)) {
      lines.add(
          "database "
              + settings.name()
              + ": "
              + property
              + " is now "
              + (after == null ? "not set" : after)
              + ": "
              + effect);
    }
  }
}
