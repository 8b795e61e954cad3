// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A tree of facts as text: a heading for each part, one line for each fact, indented. */
public final class Outline {
  private final StringBuilder text = new StringBuilder();

  private Outline() {}

  public static String of(Map<String, Object> tree) {
    Outline outline = new Outline();
    tree.forEach(
        (name, value) -> {
          outline.text.append(name.toUpperCase(Locale.ROOT)).append('\n');
          outline.below("  ", value);
          outline.text.append('\n');
        });
    return outline.text.toString();
  }

  private void below(String indent, Object value) {
    if (value instanceof Map<?, ?> facts) {
      facts.forEach((name, fact) -> fact(indent, String.valueOf(name), fact));
    } else if (value instanceof List<?> list) {
      if (list.isEmpty()) text.append(indent).append("none\n");
      for (Object each : list) item(indent, each);
    } else {
      text.append(indent).append(value).append('\n');
    }
  }

  private void item(String indent, Object each) {
    int start = text.length();
    below(indent + "  ", each);
    if (text.length() > start) text.setCharAt(start + indent.length(), '-');
  }

  private void fact(String indent, String name, Object value) {
    text.append(indent).append(name).append(':');
    if (isNested(value)) {
      text.append('\n');
      below(indent + "  ", value);
    } else {
      text.append(' ').append(inLine(value)).append('\n');
    }
  }

  private static boolean isNested(Object value) {
    return value instanceof Map<?, ?> facts && !facts.isEmpty()
        || value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance);
  }

  private static String inLine(Object value) {
    if (value instanceof List<?> list)
      return list.isEmpty()
          ? "none"
          : list.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return value.toString();
  }
}
