// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts in the order in which they are told. A value is a number, a boolean, other facts, a list of
 * such, or anything else by its text, which is made harmless: names and messages are strangers'.
 */
public final class Facts {
  /** Characters of a text; more would be somebody's document, not a name or a reason. */
  private static final int LONGEST = 2000;

  /** Items of a list: a page that can be read, for a listener that may have more clients. */
  private static final int MOST = 1000;

  private final Map<String, Object> tree = new LinkedHashMap<>();

  /** Null is not told. */
  public Facts add(String name, @Nullable Object value) {
    if (value != null) tree.put(name, plain(value));
    return this;
  }

  /** Maps, lists, texts, numbers and booleans. */
  public Map<String, Object> tree() {
    return Collections.unmodifiableMap(tree);
  }

  private static Object plain(Object value) {
    if (value instanceof Facts facts) return facts.tree();
    if (value instanceof Number || value instanceof Boolean) return value;
    if (value instanceof Iterable<?> many) return list(many);
    return line(value.toString());
  }

  private static List<Object> list(Iterable<?> many) {
    List<Object> list = new ArrayList<>();
    for (Object each : many) {
      if (list.size() == MOST) {
        list.add("and more");
        break;
      }
      list.add(plain(each));
    }
    return list;
  }

  /** One line, without what a terminal would obey or what turns the direction of writing. */
  private static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(each -> line.appendCodePoint(obeyed(each) ? '?' : each));
    return line.toString();
  }

  private static boolean obeyed(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
