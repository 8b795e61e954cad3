// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.text;

/** JSON laid out for people, nothing but blanks added: numbers and escapes stay as they are. */
public final class IndentedJson {
  private IndentedJson() {}

  /**
   * @param json well-formed
   */
  public static String of(String json) {
    StringBuilder out = new StringBuilder(json.length() * 5 / 4);
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (inString) {
        out.append(visible(c));
        if (c == '\\') out.append(json.charAt(++i));
        else inString = c != '"';
        continue;
      }
      switch (c) {
        case '"' -> {
          inString = true;
          out.append(c);
        }
        case '{', '[' -> {
          int next = skipBlanks(json, i + 1);
          if (json.charAt(next) == (c == '{' ? '}' : ']')) {
            out.append(c).append(json.charAt(next));
            i = next;
          } else {
            newLine(out.append(c), ++depth);
          }
        }
        case '}', ']' -> newLine(out, --depth).append(c);
        case ',' -> newLine(out.append(c), depth);
        case ':' -> out.append(": ");
        case ' ', '\t', '\r', '\n' -> {}
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** DEL and its like may stand in JSON as they are; a terminal would obey some of them. */
  private static String visible(char c) {
    return Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c);
  }

  private static int skipBlanks(String json, int from) {
    int at = from;
    while (Character.isWhitespace(json.charAt(at))) at++;
    return at;
  }

  private static StringBuilder newLine(StringBuilder out, int depth) {
    return out.append('\n').append("  ".repeat(depth));
  }
}
