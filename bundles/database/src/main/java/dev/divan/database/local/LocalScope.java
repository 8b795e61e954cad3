// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A scope: no more than what its collections have in common. */
record LocalScope(LocalDatabase database, String name) implements Scope {

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Database getDatabase() {
    return database;
  }

  @Override
  public Set<Collection> getCollections() {
    return database.getCollections(name);
  }

  @Override
  public @Nullable Collection getCollection(String collection) {
    return database.getCollection(collection, name);
  }
}
