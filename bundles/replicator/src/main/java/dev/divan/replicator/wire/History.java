// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code history} property: ancestors, newest first, separated by commas. */
public final class History {
  /** A longer one is refused unread. */
  private static final int MAX_TEXT = 64 * 1024;

  private History() {}

  /**
   * What to send of a revision's ancestors: down to the newest one the receiver holds, inclusive,
   * and no more than fits.
   *
   * @param held what the receiver said it holds
   * @param maxHistory limit of the revision and its history together
   * @return the property's value; null for none
   */
  public static @Nullable String trim(List<String> ancestors, List<String> held, int maxHistory) {
    int count = Math.min(ancestors.size(), Math.max(1, maxHistory) - 1);
    if (count == 0) return null;
    if (!held.isEmpty())
      for (int i = 0; i < count; i++) if (held.contains(ancestors.get(i))) count = i + 1;
    return String.join(",", ancestors.subList(0, count));
  }

  /**
   * Reads the property; null if it is malformed. Order and generations are the database's to judge.
   */
  public static @Nullable List<String> parse(@Nullable String text) {
    if (text == null || text.isEmpty()) return List.of();
    if (text.length() > MAX_TEXT) return null;
    List<String> ancestors = new ArrayList<>(4);
    int start = 0;
    while (start < text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      if (end == start) return null;
      ancestors.add(text.substring(start, end));
      start = end + 1;
    }
    return ancestors;
  }
}
