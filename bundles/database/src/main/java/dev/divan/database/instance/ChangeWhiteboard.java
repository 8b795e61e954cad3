// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.Collection;
import dev.divan.database.CollectionChange;
import dev.divan.database.CollectionChangeListener;
import dev.divan.database.ListenerToken;
import dev.divan.database.local.LocalDatabase;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Change listeners that are services. Their property {@code collection.target} is a filter on
 * {@code database}, {@code scope} and {@code collection}; one that has none is not called.
 */
final class ChangeWhiteboard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");
  private static final String TARGET = "collection.target";

  private final LocalDatabase database;
  private final ServiceTracker<CollectionChangeListener, ListenerToken> tracker;

  ChangeWhiteboard(BundleContext context, LocalDatabase database) {
    this.database = database;
    this.tracker =
        new ServiceTracker<>(context, CollectionChangeListener.class, null) {
          @Override
          public ListenerToken addingService(ServiceReference<CollectionChangeListener> reference) {
            return subscribe(reference, context.getService(reference));
          }

          @Override
          public void removedService(
              ServiceReference<CollectionChangeListener> reference, ListenerToken token) {
            token.remove();
            Services.giveBack(context, reference);
          }
        };
    tracker.open();
  }

  private ListenerToken subscribe(
      ServiceReference<CollectionChangeListener> reference, CollectionChangeListener listener) {
    Object target = reference.getProperty(TARGET);
    if (target == null || listener == null) {
      return () -> {};
    }
    Filter filter;
    try {
      filter = FrameworkUtil.createFilter(target.toString());
    } catch (InvalidSyntaxException e) {
      LOG.error("{} of {} is no filter: {}", TARGET, reference, e.getMessage());
      return () -> {};
    }
    return database.addChangeListener(
        change -> {
          if (filter.matches(properties(change))) {
            listener.changed(change);
          }
        });
  }

  private Map<String, ?> properties(CollectionChange change) {
    Collection collection = change.collection();
    return Map.of(
        "database", database.getName(),
        "scope", collection.getScope().getName(),
        "collection", collection.getName());
  }

  @Override
  public void close() {
    tracker.close();
  }
}
