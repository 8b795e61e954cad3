// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.commit.Operation;
import dev.divan.database.commit.Rounds;
import dev.divan.database.table.Overlay;
import dev.divan.database.table.Pages;
import dev.divan.database.table.Writing;
import dev.divan.store.Space;
import org.jspecify.annotations.Nullable;

/**
 * A batch in the making: its writes are kept in memory over what is stored, and reads of its thread
 * see both. Since it holds the commit queue nothing is written below it meanwhile.
 */
final class Batch {
  private final Overlay overlay;
  private final Rounds<Writing> rounds;
  private @Nullable Writing changes;

  Batch(Space space, Rounds<Writing> rounds) {
    this.overlay = new Overlay(new Pages(space));
    this.rounds = rounds;
  }

  Overlay overlay() {
    return overlay;
  }

  /** Applies an operation; if it throws, it has not happened, and the batch is as before. */
  void run(Operation<Writing> operation) {
    Overlay attempt = new Overlay(overlay);
    Writing writing = rounds.begin(attempt);
    operation.apply(writing);
    rounds.end(writing);
    attempt.replay(overlay);
    if (changes == null) {
      changes = writing;
    } else {
      changes.absorb(writing);
    }
  }

  /** Makes all of it durable at once. */
  void commit(Space space) {
    Writing done = changes;
    if (done != null) {
      space.write(
          transaction -> {
            overlay.replay(transaction);
            return done;
          });
      rounds.committed(done);
    }
  }
}
