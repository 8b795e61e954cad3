// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.exchange;

import dev.divan.database.commit.Operation;
import dev.divan.database.local.LocalDatabase;
import dev.divan.database.table.Writing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation nobody waits for: its stage completes when it is durable. */
class Deferred<T> implements Operation<Writing> {
  private final CompletableFuture<T> stage = new CompletableFuture<>();
  private final Function<Writing, T> work;
  private final int weight;
  private @Nullable T result;

  /**
   * An operation.
   *
   * @param work may be run more than once; the last result counts
   */
  Deferred(int weight, Function<Writing, T> work) {
    this.weight = weight;
    this.work = work;
  }

  /** Queues it up; refused, if the database is closed, in the stage too. */
  CompletionStage<T> enqueue(LocalDatabase database) {
    try {
      database.enqueue(this);
    } catch (RuntimeException e) {
      stage.completeExceptionally(e);
    }
    return stage;
  }

  @Override
  public void apply(Writing writing) {
    result = work.apply(writing);
  }

  @Override
  public void committed() {
    complete(result);
  }

  void complete(@Nullable T value) {
    stage.complete(value);
  }

  @Override
  public void failed(RuntimeException e) {
    stage.completeExceptionally(e);
  }

  @Override
  public int weight() {
    return weight;
  }
}
