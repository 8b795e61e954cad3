// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.tls.TLSContexts;
import dev.divan.transport.Dialer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * A replicator made in code, called as its database, with its service and its listeners until it is
 * closed, by whoever has made it or with the database.
 */
final class MadeReplicator extends ActiveReplicator {
  private final Announcement announcement;
  private final Subscriptions subscriptions;
  private final Consumer<? super MadeReplicator> gone;

  /**
   * @param gone told when it is closed
   */
  MadeReplicator(
      BundleContext context,
      ReplicatorConfiguration configuration,
      Dialer dialer,
      @Nullable TLSContexts tls,
      Threads threads,
      Consumer<? super MadeReplicator> gone) {
    super(database(configuration), configuration, dialer, tls, threads);
    this.gone = gone;
    String name = String.valueOf(database(configuration));
    Map<String, Object> properties =
        Map.of(
            "name", name,
            "database.name", name,
            "replicator.url", configuration.getTarget().url().toString());
    subscriptions = new Subscriptions(context, this, () -> properties);
    announcement = new Announcement(context, this, threads, () -> properties);
  }

  private static @Nullable String database(ReplicatorConfiguration configuration) {
    List<CollectionConfiguration> collections = configuration.getCollections();
    return collections.isEmpty()
        ? null
        : collections.get(0).getCollection().getDatabase().getName();
  }

  @Override
  public void close() {
    gone.accept(this);
    try {
      announcement.close();
    } finally {
      try {
        super.close();
      } finally {
        // After its last word, which listeners hear too.
        subscriptions.close();
      }
    }
  }
}
