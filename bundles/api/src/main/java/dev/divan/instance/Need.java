// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * One service among those needed. Made by {@link Needs}; may be asked by all threads.
 *
 * @param <T> its type
 */
public final class Need<T> {
  private final String words;
  private final boolean lasting;
  private final Map<ServiceReference<T>, T> there = new ConcurrentHashMap<>();
  private final ServiceTracker<T, T> tracker;
  private volatile @Nullable ServiceReference<T> chosen;

  Need(
      BundleContext context,
      String what,
      Class<T> type,
      @Nullable String filter,
      boolean lasting,
      Runnable moved) {
    this.words = filter == null ? what : what + " " + filter;
    this.lasting = lasting;
    String byType = "(" + Constants.OBJECTCLASS + "=" + type.getName() + ")";
    Filter whole = whole(filter == null ? byType : "(&" + byType + filter + ")");
    this.tracker =
        new ServiceTracker<>(
            context,
            whole,
            new ServiceTrackerCustomizer<T, T>() {
              @Override
              public @Nullable T addingService(ServiceReference<T> reference) {
                T service = context.getService(reference);
                if (service != null) {
                  there.put(reference, service);
                  moved.run();
                }
                return service;
              }

              @Override
              public void modifiedService(ServiceReference<T> reference, T service) {
                moved.run();
              }

              @Override
              public void removedService(ServiceReference<T> reference, T service) {
                there.remove(reference);
                moved.run();
                giveBack(context, reference);
              }
            });
  }

  private static void giveBack(BundleContext context, ServiceReference<?> reference) {
    try {
      context.ungetService(reference);
    } catch (IllegalStateException stopped) {
      // The bundle has stopped while its component was on the way out; the framework did it then.
    }
  }

  private Filter whole(String filter) {
    try {
      return FrameworkUtil.createFilter(filter);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(words + " is no filter: " + e.getMessage(), e);
    }
  }

  /**
   * The service. A lasting need gives the one chosen when all were there, as long as it is there; a
   * changing one gives the best ranked of this moment. Null if there is none.
   */
  public @Nullable T now() {
    if (lasting) {
      ServiceReference<T> held = chosen;
      return held == null ? null : there.get(held);
    }
    ServiceReference<T> best = best();
    return best == null ? null : there.get(best);
  }

  /**
   * As {@link #now}, where it must be there.
   *
   * @throws IllegalStateException if it is not
   */
  public T get() {
    T service = now();
    if (service == null) {
      throw new IllegalStateException("there is no " + words);
    }
    return service;
  }

  /** Asked each time, because a ranking may change where it stands. */
  private @Nullable ServiceReference<T> best() {
    return there.keySet().stream().max(Comparator.naturalOrder()).orElse(null);
  }

  void open() {
    tracker.open();
  }

  void close() {
    tracker.close();
  }

  boolean isMissing() {
    return there.isEmpty();
  }

  boolean isLost() {
    ServiceReference<T> held = chosen;
    return lasting && held != null && !there.containsKey(held);
  }

  /** Takes the best there is; says whether that is another than before. */
  boolean choose() {
    ServiceReference<T> next = best();
    boolean another = next != chosen;
    chosen = next;
    return another;
  }

  boolean isLasting() {
    return lasting;
  }

  @Override
  public String toString() {
    return words;
  }
}
