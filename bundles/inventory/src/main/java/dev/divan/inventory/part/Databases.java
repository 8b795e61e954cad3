// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.inventory.text.Facts;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.ServiceReference;

/** The databases with their collections. */
final class Databases implements Part {
  private final Services services;

  Databases(Services services) {
    this.services = services;
  }

  @Override
  public Object tell() {
    return services.each(Database.class, Databases::facts);
  }

  private static Object facts(ServiceReference<Database> reference, Database database) {
    Facts facts = new Facts().add("name", database.getName());
    List<Object> collections =
        database.getScopes().stream()
            .flatMap(scope -> scope.getCollections().stream())
            .sorted(Comparator.comparing(Collection::getFullName))
            .map(Databases::facts)
            .toList();
    return facts
        .add("uuid", database.getUuid())
        .add("store", Services.text(reference, "database.store", "store", "store.target"))
        .add("collections", collections);
  }

  private static Object facts(Collection collection) {
    return new Facts()
        .add("name", collection.getFullName())
        .add("documents", collection.getCount())
        .add("last sequence", collection.getLastSequence());
  }
}
