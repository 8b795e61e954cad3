// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.Database;
import dev.divan.database.DatabaseFactory;
import dev.divan.database.local.LocalDatabase;
import dev.divan.store.Store;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Opens databases in code. Each is a service like a configured one, until it is closed; those still
 * open when this bundle stops are closed.
 */
@Component
public final class LocalDatabases implements DatabaseFactory {
  private final BundleContext context;
  private final Set<LocalDatabase> open = ConcurrentHashMap.newKeySet();

  @Activate
  public LocalDatabases(BundleContext context) {
    this.context = context;
  }

  @Override
  public Database open(String name, Store store) {
    LocalDatabase database = new LocalDatabase(name, store);
    open.add(database);
    ChangeWhiteboard whiteboard = new ChangeWhiteboard(context, database);
    ServiceRegistration<Database> service =
        context.registerService(Database.class, database, properties(database, store));
    database.onClose(
        () -> {
          open.remove(database);
          Services.withdraw(service);
          whiteboard.close();
        });
    return database;
  }

  private Dictionary<String, Object> properties(LocalDatabase database, Store store) {
    return new Hashtable<>(
        Map.of(
            "name", database.getName(),
            "database.name", database.getName(),
            "database.uuid", database.getUuid().toString(),
            "database.store", name(store)));
  }

  /** Empty for one that is no service, or has no name. */
  private String name(Store store) {
    try {
      for (ServiceReference<Store> each : context.getServiceReferences(Store.class, "(name=*)")) {
        boolean it = context.getService(each) == store;
        Services.giveBack(context, each);
        if (it) {
          return new Stores.Choice(each, store).name();
        }
      }
      return "";
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("the filter is a constant", e);
    }
  }

  @Deactivate
  void deactivate() {
    open.forEach(LocalDatabase::close);
  }
}
