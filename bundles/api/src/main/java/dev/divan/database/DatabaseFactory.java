// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import dev.divan.store.Store;
import org.osgi.annotation.versioning.ProviderType;

/** Opens databases in code; configuration does the same with files. A service. */
@ProviderType
public interface DatabaseFactory {

  /**
   * Opens a database in a store, creating it if it is not there. Until it is closed it is also a
   * service of that name.
   *
   * @param name 1 to 100 of {@code a-z A-Z 0-9 _ - .}, not starting with {@code _}
   */
  Database open(String name, Store store);
}
