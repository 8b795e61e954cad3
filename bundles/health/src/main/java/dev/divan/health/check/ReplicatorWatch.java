// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.replicator.Replicator;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Follows every replicator, from when it comes until it goes; immediate, because the checks are let
 * go of between two looks and what was seen must not be.
 */
@Component(service = ReplicatorWatch.class, immediate = true)
public final class ReplicatorWatch {
  private final ServiceTracker<Replicator, WatchedReplicator> tracker;

  @Activate
  public ReplicatorWatch(BundleContext context) {
    tracker =
        new ServiceTracker<>(context, Replicator.class, null) {
          @Override
          public WatchedReplicator addingService(ServiceReference<Replicator> reference) {
            Replicator replicator = context.getService(reference);
            return replicator == null ? null : new WatchedReplicator(reference, replicator);
          }

          @Override
          public void removedService(
              ServiceReference<Replicator> reference, WatchedReplicator watched) {
            watched.close();
            context.ungetService(reference);
          }
        };
    tracker.open();
  }

  /** All of now, by name. */
  List<WatchedReplicator> all() {
    return tracker.getTracked().values().stream()
        .sorted(Comparator.comparing(WatchedReplicator::name))
        .toList();
  }

  @Deactivate
  void deactivate() {
    tracker.close();
  }
}
