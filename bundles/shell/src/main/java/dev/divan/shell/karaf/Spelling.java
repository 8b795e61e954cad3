// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.karaf;

import org.jspecify.annotations.Nullable;

/**
 * How a name is written so that Gogo reads it as it is. Karaf's line editor (4.4.10) would put
 * backslashes before blanks, but fails at it, and the line is lost: none may reach it.
 */
enum Spelling {
  /** A word as it is typed, without quotes and backslashes so far. */
  BARE,
  /** A word with some: names that need more of them are left out. */
  BEGUN;

  private static final String BLANK = "$'\\u0020'";
  private static final String HARMLESS = "_-.:/,+@";

  /**
   * @param cursor in the buffer
   * @param word in front of it, as it reads
   */
  static Spelling at(String buffer, int cursor, String word) {
    if (cursor > buffer.length()) return BARE; // behind blanks, which the buffer has not
    String typed = buffer.substring(0, cursor);
    int front = typed.length() - word.length() - 1;
    return typed.endsWith(word) && (front < 0 || Character.isWhitespace(typed.charAt(front)))
        ? BARE
        : BEGUN;
  }

  /** Null if the name cannot be written here. */
  @Nullable String of(String name) {
    StringBuilder spelled = new StringBuilder();
    for (char each : name.toCharArray()) {
      if (harmless(each)) spelled.append(each);
      else if (this == BEGUN) return null;
      else if (each == ' ') spelled.append(BLANK);
      else spelled.append('\\').append(each);
    }
    return spelled.toString();
  }

  private static boolean harmless(char character) {
    return character < 128
        ? Character.isLetterOrDigit(character) || HARMLESS.indexOf(character) >= 0
        : !Character.isWhitespace(character);
  }
}
