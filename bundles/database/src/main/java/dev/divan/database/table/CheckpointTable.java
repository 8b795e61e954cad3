// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.table;

import dev.divan.database.keys.Bytes;
import dev.divan.database.keys.Keys;
import dev.divan.database.replica.Checkpoints.Checkpoint;
import dev.divan.store.Snapshot;
import dev.divan.store.Transaction;
import org.jspecify.annotations.Nullable;

/** Checkpoints: a number that grows with each change, then the body. */
public final class CheckpointTable {
  private static final String SUFFIX = "-cc";

  private CheckpointTable() {}

  public static @Nullable Checkpoint get(Snapshot snapshot, String id) {
    byte[] bytes = snapshot.get(Keys.checkpoint(id));
    if (bytes == null) {
      return null;
    }
    Bytes in = new Bytes(bytes, 0);
    long number = in.readNumber();
    return new Checkpoint(number + SUFFIX, in.readRest());
  }

  /** Writes a body; returns the new revision. */
  public static String put(Transaction transaction, String id, byte[] body) {
    byte[] before = transaction.get(Keys.checkpoint(id));
    long number = before == null ? 1 : new Bytes(before, 0).readNumber() + 1;
    Bytes out = new Bytes(Bytes.sizeOf(number) + body.length).number(number).all(body);
    transaction.put(Keys.checkpoint(id), out.done());
    return number + SUFFIX;
  }

  public static void remove(Transaction transaction, String id) {
    transaction.delete(Keys.checkpoint(id));
  }
}
