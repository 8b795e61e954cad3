// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.Collection;
import dev.divan.database.CollectionChange;
import dev.divan.database.CollectionChangeListener;
import dev.divan.database.DocumentChange;
import dev.divan.database.DocumentChangeListener;
import dev.divan.database.ListenerToken;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who hears of changes of one collection. Changes that come while listeners are still busy with the
 * last ones are told together, each document once; so what waits is never more than the IDs of the
 * collection's documents.
 */
final class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  private final Collection collection;
  private final Executor notifier;
  private final List<CollectionChangeListener> everywhere;
  private final List<CollectionChangeListener> listeners = new CopyOnWriteArrayList<>();
  private Set<String> pending = new LinkedHashSet<>();
  private boolean scheduled;

  /** Subscriptions; {@code everywhere} are the listeners of the whole database. */
  Subscriptions(
      Collection collection, Executor notifier, List<CollectionChangeListener> everywhere) {
    this.collection = collection;
    this.notifier = notifier;
    this.everywhere = everywhere;
  }

  ListenerToken add(CollectionChangeListener listener) {
    // Wrapped, so that a listener added twice is called twice and removed once.
    CollectionChangeListener own = listener::changed;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  ListenerToken add(Executor executor, CollectionChangeListener listener) {
    return add(change -> executor.execute(() -> listener.changed(change)));
  }

  ListenerToken add(String documentID, DocumentChangeListener listener) {
    return add(
        change -> {
          if (change.documentIDs().contains(documentID)) {
            listener.changed(new DocumentChange(collection, documentID));
          }
        });
  }

  void publish(List<String> documentIDs) {
    if (listeners.isEmpty() && everywhere.isEmpty()) {
      return;
    }
    synchronized (this) {
      pending.addAll(documentIDs);
      if (scheduled || pending.isEmpty()) {
        return;
      }
      scheduled = true;
    }
    try {
      notifier.execute(this::tell);
    } catch (RejectedExecutionException closing) {
      LOG.debug("{} is closing; changes are not told any more", collection.getFullName());
    }
  }

  private void tell() {
    Set<String> changed;
    synchronized (this) {
      changed = pending;
      pending = new LinkedHashSet<>();
      scheduled = false;
    }
    CollectionChange change = new CollectionChange(collection, new ArrayList<>(changed));
    tell(listeners, change);
    tell(everywhere, change);
  }

  private static void tell(List<CollectionChangeListener> listeners, CollectionChange change) {
    for (CollectionChangeListener listener : listeners) {
      try {
        listener.changed(change);
      } catch (RuntimeException e) {
        LOG.warn("a change listener of {} failed", change.collection().getFullName(), e);
      }
    }
  }
}
