// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.database.replica.ReplicaBlobs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One blob on its way from the network to the store: takes its bytes from the lane and hashes and
 * writes them on a worker, in order, so that the lane goes on reading. It has no limit of its own;
 * who gives it bytes counts those that have not been taken yet.
 */
final class Spool {
  private static final byte[] END = {};

  private final ReplicaBlobs blobs;
  private final String digest;
  private final Executor workers;
  private final IntConsumer taken;
  private final CompletableFuture<Boolean> result = new CompletableFuture<>();

  // Guarded by this, as are the next two.
  private List<byte[]> waiting = new ArrayList<>();
  private boolean running;
  private boolean discarded;

  // Only by the worker whose turn it is.
  private ReplicaBlobs.@Nullable Receipt receipt;

  /**
   * @param taken told on a worker how many of the bytes need no memory any more
   */
  Spool(ReplicaBlobs blobs, String digest, Executor workers, IntConsumer taken) {
    this.blobs = blobs;
    this.digest = digest;
    this.workers = workers;
    this.taken = taken;
  }

  /**
   * Completes once the blob is durable (true), did not have its digest (false), was discarded, or
   * cannot be stored (an exception of the store); then nothing of it is open any more.
   */
  CompletionStage<Boolean> result() {
    return result;
  }

  /** The next bytes; they must not change any more. */
  void put(byte[] bytes) {
    if (bytes.length > 0) add(bytes);
  }

  /** That was all of it. */
  void end() {
    add(END);
  }

  /** The rest will not come. */
  void discard() {
    synchronized (this) {
      discarded = true;
    }
    add(END);
  }

  private void add(byte[] bytes) {
    synchronized (this) {
      waiting.add(bytes);
      if (running) return;
      running = true;
    }
    try {
      workers.execute(this::run);
    } catch (RejectedExecutionException e) {
      // Everything is being closed; so is this, here and now.
      run();
    }
  }

  private void run() {
    for (List<byte[]> some; (some = next()) != null; ) {
      int bytes = 0;
      for (byte[] each : some) {
        bytes += each.length;
        if (!result.isDone()) take(each);
      }
      if (bytes > 0) taken.accept(bytes);
    }
  }

  private synchronized @Nullable List<byte[]> next() {
    List<byte[]> some = waiting;
    running = !some.isEmpty();
    if (!running) return null;
    waiting = new ArrayList<>(some.size());
    return some;
  }

  private void take(byte[] bytes) {
    try {
      ReplicaBlobs.Receipt to = receipt;
      if (to == null) receipt = to = blobs.receive(digest);
      if (bytes != END) to.write(bytes, 0, bytes.length);
      else {
        boolean whole = !isDiscarded() && to.finish();
        to.close();
        result.complete(whole);
      }
    } catch (RuntimeException e) {
      if (receipt != null) receipt.close();
      result.completeExceptionally(e);
    }
  }

  private synchronized boolean isDiscarded() {
    return discarded;
  }
}
