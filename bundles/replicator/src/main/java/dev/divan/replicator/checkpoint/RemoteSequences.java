// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.checkpoint;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * How far the pull half has got, in the peer's own sequences, which are opaque: numbers or strings,
 * kept as the JSON they came as. Rows are settled in any order; the mark moves over those that are
 * settled without a gap, in the order in which they were announced.
 *
 * <p>Not thread-safe.
 */
public final class RemoteSequences {

  /** An announced row. */
  public static final class Row {
    private final String sequence;
    private boolean settled;

    private Row(String sequence) {
      this.sequence = sequence;
    }
  }

  private final ArrayDeque<Row> rows = new ArrayDeque<>();
  private @Nullable String mark;

  /**
   * @param mark where the last conversation ended, as JSON; null for the beginning
   */
  public RemoteSequences(@Nullable String mark) {
    this.mark = mark;
  }

  public Row announced(String sequence) {
    Row row = new Row(sequence);
    rows.add(row);
    return row;
  }

  public void settle(Row row) {
    row.settled = true;
    while (!rows.isEmpty() && rows.peek().settled) mark = rows.poll().sequence;
  }

  /** The sequence up to which everything is here; null for none. */
  public @Nullable String mark() {
    return mark;
  }

  /** Rows announced and not settled, counting those behind them that are. */
  public int open() {
    return rows.size();
  }
}
