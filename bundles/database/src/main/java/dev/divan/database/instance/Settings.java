// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.local.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/**
 * The configuration of a database, read from properties of any form.
 *
 * @param collections full names, {@code scope.collection}
 * @param storeFilter which stores will do; null for any
 */
record Settings(String name, List<String> collections, @Nullable String storeFilter) {
  /**
   * Reads properties.
   *
   * @throws IllegalArgumentException naming the property that is wrong
   */
  static Settings of(Map<String, ?> properties) {
    List<String> collections = list(properties.get("collections"));
    for (String collection : collections) {
      check("collections", () -> checkCollection(collection));
    }
    String name = InstanceName.of(properties);
    check("name", () -> Names.checkDatabase(name));
    String deltaSync = text(properties.get("deltaSync"));
    if (!deltaSync.isEmpty() && !deltaSync.matches("true|false")) {
      throw new IllegalArgumentException("deltaSync: \"" + deltaSync + "\" is not true or false");
    }
    return new Settings(name, collections, filter(properties));
  }

  private static void checkCollection(String fullName) {
    int dot = fullName.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException(
          "\"" + fullName + "\" is not of the form scope.collection");
    }
    Names.checkCollection(fullName.substring(dot + 1), fullName.substring(0, dot));
  }

  private static void check(String property, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable String filter(Map<String, ?> properties) {
    String target = text(properties.get("store.target"));
    String store = text(properties.get("store"));
    if (!target.isEmpty() && !store.isEmpty()) {
      throw new IllegalArgumentException("store: give either store or store.target, not both");
    }
    if (!store.isEmpty()) {
      return "(name=" + store.replaceAll("([\\\\*()])", "\\\\$1") + ")";
    }
    if (target.isEmpty()) {
      return null;
    }
    try {
      FrameworkUtil.createFilter(target);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("store.target: " + e.getMessage());
    }
    return target;
  }

  private static List<String> list(@Nullable Object value) {
    List<String> list = new ArrayList<>();
    if (value instanceof String[] array) {
      Arrays.stream(array).map(String::strip).forEach(list::add);
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> list.add(String.valueOf(item).strip()));
    } else {
      list.addAll(List.of(text(value).split("\\s*,\\s*")));
    }
    list.removeIf(String::isEmpty);
    return list;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString().strip();
  }
}
