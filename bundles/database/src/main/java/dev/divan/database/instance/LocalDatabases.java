// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.Database;
import dev.divan.database.DatabaseFactory;
import dev.divan.database.local.LocalDatabase;
import dev.divan.store.Store;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Opens databases in code; those still open when this bundle stops are closed. */
@Component
public final class LocalDatabases implements DatabaseFactory {
  private final Set<LocalDatabase> open = ConcurrentHashMap.newKeySet();

  @Override
  public Database open(String name, Store store) {
    LocalDatabase database = new LocalDatabase(name, store);
    open.add(database);
    database.onClose(() -> open.remove(database));
    return database;
  }

  @Deactivate
  void deactivate() {
    open.forEach(LocalDatabase::close);
  }
}
