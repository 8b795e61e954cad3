// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names with values, one a line, the values under each other. For one thread. */
public final class Facts {
  private static final String GAP = "  ";

  private final Map<String, String> facts = new LinkedHashMap<>();

  /**
   * Adds one; without a value it is left out. The lines of a text, and the items of a list, stay
   * under each other.
   */
  public Facts add(String name, @Nullable Object value) {
    String text =
        value instanceof List<?> items
            ? items.stream().map(String::valueOf).collect(Collectors.joining("\n"))
            : value == null ? "" : value.toString().strip();
    if (!text.isEmpty()) facts.put(Plain.line(name), text);
    return this;
  }

  @Override
  public String toString() {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    return facts.entrySet().stream()
        .map(fact -> entry(fact.getKey(), fact.getValue(), width))
        .collect(Collectors.joining("\n"));
  }

  private static String entry(String name, String value, int width) {
    String blanks = " ".repeat(width - name.length());
    String indent = "\n" + " ".repeat(width) + GAP;
    return name + blanks + GAP + value.lines().map(Plain::line).collect(Collectors.joining(indent));
  }
}
