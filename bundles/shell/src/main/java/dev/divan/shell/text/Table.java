// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under a head, columns as wide as they need to be. For one thread. */
public final class Table {
  /** Characters of a cell that is not the last of its row; trades whole names for short lines. */
  static final int WIDEST = 72;

  private static final String GAP = "  ";
  private static final String NOTHING = "-";

  private final List<String> heads = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param heads of the columns; one that ends in {@code >} is aligned right, as numbers are
   */
  public Table(String... heads) {
    for (String head : heads) {
      boolean number = head.endsWith(">");
      this.right.add(number);
      this.heads.add(number ? head.substring(0, head.length() - 1) : head);
    }
  }

  /**
   * @param cells as many as there are columns; null and empty ones are shown as a dash
   */
  public Table row(@Nullable Object... cells) {
    if (cells.length != heads.size())
      throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " columns");
    List<String> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      String text = cells[i] == null ? "" : Plain.line(cells[i].toString());
      if (text.isEmpty()) text = NOTHING;
      row.add(i < cells.length - 1 ? Plain.cut(text, WIDEST) : text);
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, the head first; without an end of line behind the last. */
  @Override
  public String toString() {
    int[] widths = new int[heads.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] = Math.max(1, heads.get(i).length());
      rows.forEach(row -> widths[column] = Math.max(widths[column], row.get(column).length()));
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(heads, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return String.join("\n", lines);
  }

  private String line(List<String> cells, int[] widths) {
    String[] padded = new String[widths.length];
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - cells.get(i).length());
      padded[i] = right.get(i) ? blanks + cells.get(i) : cells.get(i) + blanks;
    }
    return String.join(GAP, Arrays.asList(padded)).stripTrailing();
  }
}
