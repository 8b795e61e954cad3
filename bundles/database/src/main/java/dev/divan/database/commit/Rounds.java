// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.commit;

import dev.divan.store.Transaction;

/**
 * What surrounds the operations of one commit.
 *
 * @param <C> what operations write with
 */
public interface Rounds<C> {

  /** Before the operations; may be called more than once for a commit, as they may. */
  C begin(Transaction transaction);

  /** After the operations, within the transaction. */
  void end(C context);

  /** After the commit is durable; on the thread that committed. Must not block. */
  void committed(C context);
}
