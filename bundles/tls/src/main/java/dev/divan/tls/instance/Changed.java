// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which properties differ between two versions of a configuration, by name and without values. */
final class Changed {
  private Changed() {}

  /** With commas; {@code nothing} for none, where perhaps a file has changed. */
  static String between(Map<String, Object> before, Map<String, Object> after) {
    String names =
        Stream.concat(before.keySet().stream(), after.keySet().stream())
            .filter(name -> !Objects.deepEquals(before.get(name), after.get(name)))
            .filter(name -> !isTheFrameworks(name))
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "nothing" : names;
  }

  private static boolean isTheFrameworks(String name) {
    return name.startsWith("service.")
        || name.startsWith("component.")
        || name.startsWith("felix.fileinstall.");
  }
}
