// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import dev.divan.database.DivanException;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.Replicator;
import dev.divan.store.StoreException;
import java.util.function.LongSupplier;

/** How many documents a replicator has to push, counted now and then. */
final class PendingCount {
  /** Consoles ask for all attributes every few seconds; the database is asked this often. */
  static final long FRESH_MILLIS = 10_000;

  private final Replicator replicator;
  private final LongSupplier millis;
  private boolean counted;
  private long at;
  private int documents;

  PendingCount(Replicator replicator, LongSupplier millis) {
    this.replicator = replicator;
    this.millis = millis;
  }

  /** -1 if it cannot be counted. Those who ask at the same time wait for one count. */
  synchronized int get() {
    long now = millis.getAsLong();
    if (!counted || Math.abs(now - at) >= FRESH_MILLIS) {
      documents = count();
      at = now;
      counted = true;
    }
    return documents;
  }

  private int count() {
    int sum = 0;
    try {
      for (CollectionConfiguration each : replicator.getConfiguration().getCollections())
        sum += replicator.getPendingDocumentIds(each.getCollection()).size();
    } catch (DivanException | StoreException e) {
      return -1;
    }
    return sum;
  }
}
