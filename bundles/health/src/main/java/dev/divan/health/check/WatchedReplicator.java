// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.database.DivanException;
import dev.divan.database.ListenerToken;
import dev.divan.health.rule.PendingFacts;
import dev.divan.health.rule.PendingHistory;
import dev.divan.health.rule.SessionFacts;
import dev.divan.health.rule.SessionHistory;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.store.StoreException;
import java.time.Duration;
import org.osgi.framework.ServiceReference;

/** A replicator and what it went through since it came. */
final class WatchedReplicator implements AutoCloseable {
  private final ServiceReference<Replicator> reference;
  private final Replicator replicator;
  private final SessionHistory sessions;
  private final PendingHistory pending = new PendingHistory();
  private final ListenerToken token;

  WatchedReplicator(ServiceReference<Replicator> reference, Replicator replicator) {
    this.reference = reference;
    this.replicator = replicator;
    this.sessions = new SessionHistory(replicator.getStatus(), System.nanoTime());
    this.token =
        replicator.addChangeListener(change -> sessions.seen(change.status(), System.nanoTime()));
  }

  String name() {
    return Services.name(reference);
  }

  private String url() {
    return replicator.getConfiguration().getTarget().url().toString();
  }

  boolean pushesContinuously() {
    ReplicatorConfiguration configuration = replicator.getConfiguration();
    return configuration.isContinuous() && configuration.getType().pushes();
  }

  SessionFacts session() {
    long now = System.nanoTime();
    sessions.seen(replicator.getStatus(), now);
    return new SessionFacts(
        name(),
        url(),
        replicator.getConfiguration().isContinuous(),
        sessions.status().activityLevel(),
        sessions.error(),
        sessions.apart(now),
        sessions.quiet(now),
        replicator.openWork());
  }

  /** Reads the database, unless it was asked a moment ago. */
  PendingFacts pending() {
    long now = System.nanoTime();
    try {
      int documents = pending.documents(this::count, now);
      return new PendingFacts(name(), url(), documents, pending.age(now), null);
    } catch (DivanException | StoreException e) {
      return new PendingFacts(name(), url(), 0, Duration.ZERO, e.getMessage());
    }
  }

  private int count() {
    int documents = 0;
    for (CollectionConfiguration each : replicator.getConfiguration().getCollections())
      documents += replicator.getPendingDocumentIds(each.getCollection()).size();
    return documents;
  }

  @Override
  public void close() {
    token.remove();
  }
}
