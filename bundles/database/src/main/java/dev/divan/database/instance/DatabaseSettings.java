// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.local.Names;
import dev.divan.instance.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration of a database says.
 *
 * @param source what it is read from
 * @param collections full names, {@code scope.collection}, none twice
 * @param storeFilter which stores will do; null for any
 * @param moveContents whether the contents follow to another store
 */
record DatabaseSettings(
    Settings source,
    List<String> collections,
    @Nullable String storeFilter,
    boolean moveContents,
    boolean deltaSync) {
  /**
   * @throws IllegalArgumentException naming instance and property
   */
  static DatabaseSettings of(Settings source) {
    check(source, "name", () -> Names.checkDatabase(source.name()));
    List<String> collections = source.collections("collections");
    for (String collection : collections) {
      check(source, "collections", () -> checkCollection(collection));
    }
    return new DatabaseSettings(
        source,
        collections,
        source.target("store", "name"),
        source.truth("moveContents", true),
        source.truth("deltaSync", false));
  }

  String name() {
    return source.name();
  }

  private static void checkCollection(String fullName) {
    int dot = fullName.indexOf('.');
    Names.checkCollection(fullName.substring(dot + 1), fullName.substring(0, dot));
  }

  private static void check(Settings source, String property, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw source.fault(property + ": " + e.getMessage(), e);
    }
  }
}
