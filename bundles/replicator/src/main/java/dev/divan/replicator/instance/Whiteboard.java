// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.database.ConflictResolver;
import dev.divan.replicator.ReplicationFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The filters and the resolver that other bundles have registered for this replicator. They count
 * where its configuration names none.
 */
final class Whiteboard implements AutoCloseable {
  private static final String DIRECTION = "direction";

  private final Targeted<ReplicationFilter> pushFilter;
  private final Targeted<ReplicationFilter> pullFilter;
  private final Targeted<ConflictResolver> conflictResolver;

  /**
   * @param replicator its service properties
   * @param moved run when {@link #pushFilter} and its neighbours have others to ask
   */
  Whiteboard(BundleContext context, Supplier<Map<String, Object>> replicator, Runnable moved) {
    pushFilter =
        new Targeted<>(context, ReplicationFilter.class, replicator, towards("push"), moved);
    pullFilter =
        new Targeted<>(context, ReplicationFilter.class, replicator, towards("pull"), moved);
    conflictResolver =
        new Targeted<>(context, ConflictResolver.class, replicator, any -> true, moved);
  }

  private static Predicate<ServiceReference<ReplicationFilter>> towards(String direction) {
    return filter -> {
      Object said = filter.getProperty(DIRECTION);
      return said == null || direction.equalsIgnoreCase(said.toString());
    };
  }

  void open() {
    pushFilter.open();
    pullFilter.open();
    conflictResolver.open();
  }

  /** The replicator's properties may be others. */
  void choose() {
    pushFilter.choose();
    pullFilter.choose();
    conflictResolver.choose();
  }

  @Nullable Borrowed<ReplicationFilter> pushFilter() {
    return borrowed("pushFilter", pushFilter);
  }

  @Nullable Borrowed<ReplicationFilter> pullFilter() {
    return borrowed("pullFilter", pullFilter);
  }

  @Nullable Borrowed<ConflictResolver> conflictResolver() {
    return borrowed("conflictResolver", conflictResolver);
  }

  private static <T> @Nullable Borrowed<T> borrowed(String property, Targeted<T> targeted) {
    return targeted.isNeeded()
        ? new Borrowed<>(property + " with " + Target.PROPERTY, targeted::now)
        : null;
  }

  /** What there was and is not there now, in words. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Borrowed<?> each : new Borrowed<?>[] {pushFilter(), pullFilter(), conflictResolver()})
      if (each != null && each.source().get() == null) missing.add(each.words());
    return missing;
  }

  @Override
  public void close() {
    pushFilter.close();
    pullFilter.close();
    conflictResolver.close();
  }
}
