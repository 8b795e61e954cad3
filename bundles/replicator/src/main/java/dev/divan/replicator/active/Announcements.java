// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.database.ListenerToken;
import dev.divan.replicator.DocumentReplication;
import dev.divan.replicator.DocumentReplicationListener;
import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorChange;
import dev.divan.replicator.ReplicatorChangeListener;
import dev.divan.replicator.ReplicatorStatus;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happens, one thing after the other, on workers. Statuses that came and went
 * while a listener was busy are skipped, the last never; documents are never skipped.
 */
final class Announcements implements Counts.Reporter {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  /** News that may wait, each of one turn of a lane; slow listeners make the network wait. */
  private static final int MAX_WAITING = 500;

  private final Replicator replicator;
  private final Executor workers;
  private final List<Consumer<ReplicatorStatus>> statusListeners = new CopyOnWriteArrayList<>();
  private final List<DocumentReplicationListener> documentListeners = new CopyOnWriteArrayList<>();

  // Guarded by itself.
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private boolean running;
  private @Nullable Runnable room;

  Announcements(Replicator replicator, Executor workers) {
    this.replicator = replicator;
    this.workers = workers;
  }

  ListenerToken add(@Nullable Executor executor, ReplicatorChangeListener listener) {
    Consumer<ReplicatorStatus> teller =
        status -> {
          ReplicatorChange change = new ReplicatorChange(replicator, status);
          if (executor == null) listener.changed(change);
          else executor.execute(() -> listener.changed(change));
        };
    statusListeners.add(teller);
    return () -> statusListeners.remove(teller);
  }

  ListenerToken add(DocumentReplicationListener listener) {
    documentListeners.add(listener);
    return () -> documentListeners.remove(listener);
  }

  /** Completes as soon as the status is, or becomes, this. */
  Future<?> when(ReplicatorActivityLevel level) {
    CompletableFuture<@Nullable Void> reached = new CompletableFuture<>();
    Consumer<ReplicatorStatus> watcher =
        status -> {
          if (status.activityLevel() == level) reached.complete(null);
        };
    statusListeners.add(watcher);
    reached.whenComplete((nothing, failure) -> statusListeners.remove(watcher));
    statusChanged();
    return reached;
  }

  /** The status is another. */
  void statusChanged() {
    if (statusListeners.isEmpty()) return;
    synchronized (queue) {
      ReplicatorStatus status = replicator.getStatus();
      // Only the last news may be overtaken, or a status would be told before the documents that
      // came before it.
      if (queue.peekLast() instanceof StatusNews last) {
        last.status = status;
      } else enqueue(new StatusNews(status));
    }
  }

  private final class StatusNews implements Runnable {
    private ReplicatorStatus status;

    StatusNews(ReplicatorStatus status) {
      this.status = status;
    }

    @Override
    public void run() {
      for (Consumer<ReplicatorStatus> listener : statusListeners)
        guarded(() -> listener.accept(status));
    }
  }

  @Override
  public boolean isHeard() {
    return !documentListeners.isEmpty();
  }

  @Override
  public void report(boolean push, List<ReplicatedDocument> documents) {
    DocumentReplication replication = new DocumentReplication(replicator, push, documents);
    enqueue(
        () -> {
          for (DocumentReplicationListener listener : documentListeners)
            guarded(() -> listener.replicated(replication));
        });
  }

  @Override
  public boolean isFull(Runnable whenNot) {
    synchronized (queue) {
      if (queue.size() < MAX_WAITING) return false;
      room = whenNot;
      return true;
    }
  }

  private void enqueue(Runnable task) {
    synchronized (queue) {
      queue.add(task);
      if (running) return;
      running = true;
    }
    try {
      workers.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody is told any more: the bundle has stopped");
    }
  }

  private void run() {
    for (; ; ) {
      Runnable task;
      Runnable made = null;
      synchronized (queue) {
        task = queue.poll();
        if (task == null) {
          running = false;
          return;
        }
        if (queue.size() < MAX_WAITING / 2) {
          made = room;
          room = null;
        }
      }
      if (made != null) made.run();
      task.run();
    }
  }

  private static void guarded(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a listener failed", e);
    }
  }
}
