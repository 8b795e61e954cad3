// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A group of collections. */
@ProviderType
public interface Scope {
  String DEFAULT_NAME = "_default";

  String getName();

  Database getDatabase();

  Set<Collection> getCollections();

  @Nullable Collection getCollection(String name);
}
