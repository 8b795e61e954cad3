// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.Database;
import dev.divan.database.local.LocalDatabase;
import dev.divan.database.move.Standing;
import dev.divan.database.move.Whereabouts.Memory;
import dev.divan.store.Store;
import java.util.Hashtable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** An open database with its service, in one store after the other. */
final class Tenancy {
  private final BundleContext context;
  private final LocalDatabase database;
  private final ChangeWhiteboard whiteboard;
  private Stores.Choice choice;
  private @Nullable ServiceRegistration<Database> registration;

  Tenancy(BundleContext context, String name, Stores.Choice choice) {
    this.context = context;
    this.choice = choice;
    this.database = new LocalDatabase(name, choice.store());
    this.whiteboard = new ChangeWhiteboard(context, database);
  }

  LocalDatabase database() {
    return database;
  }

  Stores.Choice choice() {
    return choice;
  }

  void moved(Stores.Choice to) {
    choice = to;
  }

  /** Makes those that are not there. */
  void collections(List<String> fullNames) {
    for (String each : fullNames) {
      int dot = each.indexOf('.');
      database.createCollection(each.substring(dot + 1), each.substring(0, dot));
    }
  }

  /** Registers the service, or changes its properties. */
  void publish(DatabaseSettings settings) {
    Hashtable<String, Object> properties = settings.source().open();
    properties.put("database.name", settings.name());
    properties.put("database.uuid", database.getUuid().toString());
    properties.put("database.store", choice.name());
    if (registration == null) {
      registration = context.registerService(Database.class, database, properties);
    } else {
      registration.setProperties(properties);
    }
  }

  /** What to remember of it; null in a store that forgets, or that has no name. */
  @Nullable Memory memory() {
    Standing standing = database.<@Nullable Standing>read(Standing::read);
    return standing == null || !choice.named() || !choice.durable()
        ? null
        : new Memory(choice.name(), standing.uuid(), standing.generation());
  }

  Store store() {
    return choice.store();
  }

  void end() {
    ServiceRegistration<Database> former = registration;
    registration = null;
    try {
      Services.withdraw(former);
    } finally {
      try {
        whiteboard.close();
      } finally {
        database.close();
      }
    }
  }
}
