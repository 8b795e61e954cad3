// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.fake;

import dev.divan.database.Collection;
import dev.divan.database.DatabaseClosedException;
import dev.divan.database.ListenerToken;
import dev.divan.replicator.DocumentReplicationListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorChange;
import dev.divan.replicator.ReplicatorChangeListener;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.replicator.URLEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A replicator that becomes what it is told to, between database {@code notes} and {@code
 * wss://b:4984/notes}. Stopping takes another thread, as it does in life.
 */
public final class FakeReplicator {
  /** Among the headers of its configuration, and to be shown to nobody. */
  public static final String SECRET = "geheim";

  public final Collection collection = Fake.collection("notes");
  public final Replicator replicator = Fake.of(Replicator.class, this);
  public final List<ReplicatorChangeListener> listeners = new CopyOnWriteArrayList<>();
  public final List<DocumentReplicationListener> documentListeners = new CopyOnWriteArrayList<>();

  /** What was asked of it: starts, stops, and counts of pending documents. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  /** Null as if the database were closed. */
  public volatile @Nullable Set<String> pending = Set.of();

  public volatile List<String> openWork = List.of();
  private volatile ReplicatorStatus status;

  public FakeReplicator(ReplicatorActivityLevel level, long completed, long total) {
    this.status = new ReplicatorStatus(level, new ReplicatorProgress(completed, total), null);
  }

  /** Takes up a new level, and tells its listeners. */
  public void become(ReplicatorActivityLevel level, @Nullable ReplicatorException error) {
    become(new ReplicatorStatus(level, status.progress(), error));
  }

  /** Takes up a new status, and tells its listeners. */
  public void become(ReplicatorStatus next) {
    status = next;
    listeners.forEach(listener -> listener.changed(new ReplicatorChange(replicator, next)));
  }

  ReplicatorConfiguration getConfiguration() {
    return new ReplicatorConfiguration(URLEndpoint.of("wss://b:4984/notes"))
        .setContinuous(true)
        .setHeaders(Map.of("Authorization", SECRET))
        .addCollection(collection);
  }

  ReplicatorStatus getStatus() {
    return status;
  }

  ListenerToken addChangeListener(ReplicatorChangeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  ListenerToken addDocumentReplicationListener(DocumentReplicationListener listener) {
    documentListeners.add(listener);
    return () -> documentListeners.remove(listener);
  }

  List<String> openWork() {
    return openWork;
  }

  Set<String> getPendingDocumentIds(Collection of) {
    calls.add("count");
    Set<String> ids = pending;
    if (ids == null) {
      throw new DatabaseClosedException("notes");
    }
    return ids;
  }

  void start() {
    calls.add("start");
  }

  void start(boolean reset) {
    calls.add("start " + reset + " " + status.activityLevel());
  }

  void stop() {
    calls.add("stop");
    new Thread(() -> become(ReplicatorActivityLevel.STOPPED, null)).start();
  }
}
