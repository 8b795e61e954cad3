// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.commit;

/**
 * Something to be written, with others or alone.
 *
 * @param <C> what it writes with
 */
public interface Operation<C> {

  /**
   * Writes. Checks before it writes its first entry, since what is written stays if this returns.
   * May be called more than once, each time on a fresh transaction; the last call counts.
   */
  void apply(C context);

  /** It is durable. Called on the executor, for operations nobody waits for. */
  default void committed() {}

  /** It has not happened. Called as {@link #committed} is. */
  default void failed(RuntimeException e) {}

  /** About how many bytes it writes and holds in memory meanwhile. */
  default int weight() {
    return 0;
  }
}
