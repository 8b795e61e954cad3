// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** A configured replicator with its service and its listeners, as long as it lasts. */
final class Running implements AutoCloseable {
  private final Wishes.Surroundings surroundings;
  private final ActiveReplicator replicator;
  private final Announcement announcement;
  private final Subscriptions subscriptions;
  private final @Nullable InSync inSync;

  /**
   * @param properties of its service, but for the activity
   */
  Running(
      BundleContext context,
      String name,
      Wishes.Surroundings surroundings,
      ReplicatorConfiguration configuration,
      Threads threads,
      Supplier<Map<String, Object>> properties) {
    this.surroundings = surroundings;
    replicator =
        new ActiveReplicator(
            name, configuration, surroundings.dialer(), surroundings.tls(), threads);
    announcement = new Announcement(context, replicator, threads, properties);
    subscriptions = new Subscriptions(context, replicator, properties);
    inSync = InSync.watch(context, replicator, threads, properties.get());
  }

  Wishes.Surroundings surroundings() {
    return surroundings;
  }

  void start() {
    replicator.start();
  }

  /**
   * Goes on by another configuration, as {@link ActiveReplicator#change}.
   *
   * @param revive whether one that has given up tries again, since the reason may be mended
   */
  void change(ReplicatorConfiguration configuration, boolean revive) {
    replicator.change(configuration);
    announcement.refresh();
    ReplicatorStatus status = replicator.getStatus();
    if (revive
        && status.activityLevel() == ReplicatorActivityLevel.STOPPED
        && status.error() != null) replicator.start();
  }

  @Override
  public void close() {
    try {
      if (inSync != null) inSync.close();
    } finally {
      try {
        announcement.close();
      } finally {
        try {
          replicator.close();
        } finally {
          // After its last word, which listeners hear too.
          subscriptions.close();
        }
      }
    }
  }
}
