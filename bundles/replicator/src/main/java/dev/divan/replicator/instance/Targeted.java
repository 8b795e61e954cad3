// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The best ranked service of a type among those that say by {@link Target} that they are for this
 * replicator. Once there has been one, it is needed: when it goes, the replicator does not go on as
 * if there had been none. May be asked by all threads.
 */
final class Targeted<T> implements AutoCloseable {
  private final Supplier<Map<String, Object>> replicator;
  private final Predicate<ServiceReference<T>> suits;
  private final Map<ServiceReference<T>, T> there = new ConcurrentHashMap<>();
  private final ServiceTracker<T, T> tracker;
  private volatile @Nullable T chosen;
  private volatile boolean needed;

  /**
   * @param replicator its service properties
   * @param suits what else is asked of a service
   * @param moved run when another may have been chosen
   */
  Targeted(
      BundleContext context,
      Class<T> type,
      Supplier<Map<String, Object>> replicator,
      Predicate<ServiceReference<T>> suits,
      Runnable moved) {
    this.replicator = replicator;
    this.suits = suits;
    this.tracker =
        new ServiceTracker<T, T>(context, type, null) {
          @Override
          public @Nullable T addingService(ServiceReference<T> reference) {
            if (reference.getProperty(Target.PROPERTY) == null) return null;
            T service = super.addingService(reference);
            if (service != null) {
              there.put(reference, service);
              look(moved);
            }
            return service;
          }

          @Override
          public void modifiedService(ServiceReference<T> reference, T service) {
            look(moved);
          }

          @Override
          public void removedService(ServiceReference<T> reference, T service) {
            there.remove(reference);
            look(moved);
            Target.giveBack(context, reference);
          }
        };
  }

  /** Begins; {@code moved} may run before this returns. */
  void open() {
    tracker.open();
  }

  private void look(Runnable moved) {
    T before = chosen;
    choose();
    if (chosen != before) moved.run();
  }

  /** Looks again who is for this replicator, whose properties may be others now. */
  synchronized void choose() {
    Map<String, Object> properties = replicator.get();
    chosen =
        there.entrySet().stream()
            .filter(each -> suits.test(each.getKey()))
            .filter(each -> Target.of(each.getKey(), false).test(properties))
            .max(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .orElse(null);
    if (chosen != null) needed = true;
  }

  @Nullable T now() {
    return chosen;
  }

  /** Whether there is one, or was. */
  boolean isNeeded() {
    return needed;
  }

  @Override
  public void close() {
    tracker.close();
  }
}
