// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.exchange;

import dev.divan.database.local.LocalDatabase;
import dev.divan.database.replica.Checkpoints;
import dev.divan.database.table.CheckpointTable;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The checkpoints of a database. */
final class LocalCheckpoints implements Checkpoints {

  /** Bytes; real ones have some hundred. Bounds what a peer can leave here at once. */
  private static final int MAX_BODY = 1 << 20;

  private final LocalDatabase database;

  LocalCheckpoints(LocalDatabase database) {
    this.database = database;
  }

  @Override
  public @Nullable Checkpoint get(String id) {
    return database.read(snapshot -> CheckpointTable.get(snapshot, id));
  }

  @Override
  public CompletionStage<@Nullable String> put(
      String id, @Nullable String expectedRev, byte[] body) {
    if (body.length > MAX_BODY) {
      return tooLong();
    }
    Deferred<@Nullable String> operation =
        new Deferred<>(
            body.length,
            writing -> {
              Checkpoint found = CheckpointTable.get(writing.transaction(), id);
              boolean expected = Objects.equals(found == null ? null : found.rev(), expectedRev);
              return expected ? CheckpointTable.put(writing.transaction(), id, body) : null;
            });
    return operation.enqueue(database);
  }

  @Override
  public CompletionStage<Void> set(String id, byte[] body) {
    if (body.length > MAX_BODY) {
      return tooLong();
    }
    Deferred<Void> operation =
        new Deferred<>(
            body.length,
            writing -> {
              CheckpointTable.put(writing.transaction(), id, body);
              return null;
            });
    return operation.enqueue(database);
  }

  @Override
  public CompletionStage<Void> remove(String id) {
    Deferred<Void> operation =
        new Deferred<>(
            0,
            writing -> {
              CheckpointTable.remove(writing.transaction(), id);
              return null;
            });
    return operation.enqueue(database);
  }

  private static <T> CompletionStage<T> tooLong() {
    return CompletableFuture.failedStage(
        new IllegalArgumentException("a checkpoint has at most " + MAX_BODY + " bytes"));
  }
}
