// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.text;

/** Text that a terminal only shows. */
public final class Plain {
  private Plain() {}

  /**
   * One line, with a question mark for every control character and every character that turns the
   * direction of writing.
   */
  public static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> line.appendCodePoint(obeyed(c) ? '?' : c));
    return line.toString();
  }

  private static boolean obeyed(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT
        || Character.getType(character) == Character.LINE_SEPARATOR
        || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
  }

  /** The beginning, so many characters at most, with an ellipsis if there was more. */
  public static String cut(String text, int most) {
    if (text.length() <= most) return text;
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}
