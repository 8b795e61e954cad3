// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import dev.divan.database.ListenerToken;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorStatus;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A replicator for consoles. Remembers its last error, which a status forgets on the next try. */
public final class ManagedReplicator implements ReplicatorMXBean, AutoCloseable {
  /** A stop takes at most 5 seconds, says its contract. */
  private static final int STOP_SECONDS = 10;

  private final String name;
  private final Replicator replicator;
  private final LongSupplier millis;
  private final PendingCount pending;
  private final ListenerToken token;

  // Guarded by this object.
  private ReplicatorActivityLevel activity;
  private long since;
  private @Nullable ReplicatorException error;
  private long errorTime;

  public ManagedReplicator(String name, Replicator replicator) {
    this(name, replicator, System::currentTimeMillis);
  }

  ManagedReplicator(String name, Replicator replicator, LongSupplier millis) {
    this.name = name;
    this.replicator = replicator;
    this.millis = millis;
    this.pending = new PendingCount(replicator, millis);
    this.activity = replicator.getStatus().activityLevel();
    this.since = millis.getAsLong();
    seen(replicator.getStatus());
    this.token = replicator.addChangeListener(change -> seen(change.status()));
  }

  private synchronized void seen(ReplicatorStatus status) {
    if (status.activityLevel() != activity) {
      activity = status.activityLevel();
      since = millis.getAsLong();
    }
    if (status.error() != null && status.error() != error) {
      error = status.error();
      errorTime = millis.getAsLong();
    }
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getDatabase() {
    return replicator
        .getConfiguration()
        .getCollections()
        .get(0)
        .getCollection()
        .getDatabase()
        .getName();
  }

  @Override
  public String getUrl() {
    return replicator.getConfiguration().getTarget().url().toString();
  }

  @Override
  public String getType() {
    return replicator.getConfiguration().getType().name();
  }

  @Override
  public boolean isContinuous() {
    return replicator.getConfiguration().isContinuous();
  }

  @Override
  public String[] getCollections() {
    return replicator.getConfiguration().getCollections().stream()
        .map(each -> each.getCollection().getFullName())
        .toArray(String[]::new);
  }

  @Override
  public String getActivity() {
    return replicator.getStatus().activityLevel().name();
  }

  @Override
  public synchronized Date getActivitySince() {
    return new Date(since);
  }

  @Override
  public long getCompleted() {
    return replicator.getStatus().progress().completed();
  }

  @Override
  public long getTotal() {
    return replicator.getStatus().progress().total();
  }

  @Override
  public int getPending() {
    return pending.get();
  }

  @Override
  public synchronized @Nullable String getLastError() {
    return error == null ? null : error.toString();
  }

  @Override
  public synchronized @Nullable Date getLastErrorTime() {
    return error == null ? null : new Date(errorTime);
  }

  @Override
  public String[] getOpenWork() {
    return replicator.openWork().toArray(String[]::new);
  }

  @Override
  public void start() {
    replicator.start();
  }

  @Override
  public void stop() {
    replicator.stop();
  }

  @Override
  public void resetCheckpoint() {
    CompletableFuture<ReplicatorActivityLevel> stopped = new CompletableFuture<>();
    try (ListenerToken watch =
        replicator.addChangeListener(change -> stoppedIs(stopped, change.status()))) {
      replicator.stop();
      stoppedIs(stopped, replicator.getStatus());
      stopped.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the checkpoint is not reset", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the replicator has not stopped within "
              + STOP_SECONDS
              + " s; the checkpoint is not reset. Try again when its activity is STOPPED",
          e);
    }
    replicator.start(true);
  }

  private static void stoppedIs(
      CompletableFuture<ReplicatorActivityLevel> stopped, ReplicatorStatus status) {
    if (status.activityLevel() == ReplicatorActivityLevel.STOPPED)
      stopped.complete(status.activityLevel());
  }

  @Override
  public void close() {
    token.remove();
  }
}
