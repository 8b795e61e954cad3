// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.store.Store;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** The stores there are. A store that goes is gone from here before it is given back. */
final class Stores implements AutoCloseable {
  private final Map<ServiceReference<Store>, Store> there = new ConcurrentHashMap<>();
  private final ServiceTracker<Store, Store> tracker;

  /** One of them. */
  record Choice(ServiceReference<Store> reference, Store store) {
    /** Empty for one without a name, from and to which nothing can move. */
    String name() {
      Object name = reference.getProperty("name");
      return name == null ? "" : name.toString();
    }

    /** Whether what it holds outlives the node; true unless it says otherwise. */
    boolean durable() {
      return !"false".equals(String.valueOf(reference.getProperty("store.durable")));
    }

    boolean named() {
      return !name().isEmpty();
    }
  }

  /**
   * @param changed run after each change, on the thread that made it
   */
  Stores(BundleContext context, Runnable changed) {
    this.tracker =
        new ServiceTracker<>(context, Store.class, null) {
          @Override
          public @Nullable Store addingService(ServiceReference<Store> reference) {
            Store store = context.getService(reference);
            if (store != null) {
              there.put(reference, store);
              changed.run();
            }
            return store;
          }

          @Override
          public void modifiedService(ServiceReference<Store> reference, Store store) {
            changed.run();
          }

          @Override
          public void removedService(ServiceReference<Store> reference, Store store) {
            there.remove(reference);
            changed.run();
            Services.giveBack(context, reference);
          }
        };
  }

  void open() {
    tracker.open();
  }

  /** The best ranked of those that match; null if there is none. */
  @Nullable Choice best(@Nullable String filter) {
    Filter wanted = filter == null ? null : filter(filter);
    return there.entrySet().stream()
        .filter(entry -> wanted == null || wanted.match(entry.getKey()))
        .max(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .map(entry -> new Choice(entry.getKey(), entry.getValue()))
        .orElse(null);
  }

  private static Filter filter(String text) {
    try {
      return FrameworkUtil.createFilter(text);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(text + " is no filter: " + e.getMessage(), e);
    }
  }

  /** The best ranked one of that name; null if there is none. */
  @Nullable Choice named(String name) {
    return there.entrySet().stream()
        .filter(entry -> name.equals(entry.getKey().getProperty("name")))
        .max(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .map(entry -> new Choice(entry.getKey(), entry.getValue()))
        .orElse(null);
  }

  /** The names of those that have one. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    there.forEach((reference, store) -> names.add(new Choice(reference, store).name()));
    names.remove("");
    return names;
  }

  boolean has(ServiceReference<Store> reference) {
    return there.containsKey(reference);
  }

  @Override
  public void close() {
    tracker.close();
  }
}
