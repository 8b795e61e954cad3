// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.DatabaseClosedException;
import dev.divan.database.ListenerToken;
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

/** A replicator that becomes what it is told to. */
public final class Site {
  public final List<ReplicatorChangeListener> listeners = new CopyOnWriteArrayList<>();
  public final List<String> calls = new CopyOnWriteArrayList<>();
  public Set<String> pending = Set.of("a", "b");
  private ReplicatorStatus status = status(ReplicatorActivityLevel.IDLE, null);
  private final Collection collection = collection("notes");
  public final Replicator replicator = Fake.of(Replicator.class, this);

  public static Collection collection(String databaseName) {
    Database database =
        Fake.of(
            Database.class,
            new Object() {
              String getName() {
                return databaseName;
              }
            });
    return Fake.of(
        Collection.class,
        new Object() {
          Database getDatabase() {
            return database;
          }

          String getFullName() {
            return "_default._default";
          }
        });
  }

  private static ReplicatorStatus status(ReplicatorActivityLevel level, ReplicatorException error) {
    return new ReplicatorStatus(level, new ReplicatorProgress(7, 9), error);
  }

  public void become(ReplicatorActivityLevel level, ReplicatorException error) {
    status = status(level, error);
    listeners.forEach(listener -> listener.changed(new ReplicatorChange(replicator, status)));
  }

  ReplicatorConfiguration getConfiguration() {
    return new ReplicatorConfiguration(URLEndpoint.of("wss://b:4984/notes"))
        .setContinuous(true)
        .setHeaders(Map.of("Authorization", "geheim"))
        .addCollection(collection);
  }

  ReplicatorStatus getStatus() {
    return status;
  }

  ListenerToken addChangeListener(ReplicatorChangeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  List<String> openWork() {
    return List.of("answer to rev 7");
  }

  Set<String> getPendingDocumentIds(Collection of) {
    calls.add("count");
    if (pending == null) throw new DatabaseClosedException("notes");
    return pending;
  }

  void start() {
    calls.add("start");
  }

  void start(boolean reset) {
    calls.add("start " + reset + " " + status.activityLevel());
  }

  void stop() {
    calls.add("stop");
    Thread later = new Thread(() -> become(ReplicatorActivityLevel.STOPPED, null));
    later.start();
  }
}
