// SPDX-License-Identifier: Apache-2.0
package dev.divan.store;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place where spaces are kept. Registered as a service with the property {@code name}; the best
 * ranked one is used where a database names none.
 *
 * <p>All methods may be called from any thread.
 */
@ConsumerType
public interface Store {

  /**
   * Opens a space, creating it if it is not there. A space is open at most once at a time.
   *
   * @param name 1 to 200 characters of {@code a-z A-Z 0-9 _ - . %}, told apart by case
   * @throws StoreException if it is open already, or cannot be opened; says why in words an
   *     operator understands
   */
  Space open(String name);

  /** The names of all spaces, open or not. */
  Set<String> names();

  /**
   * Deletes a space with all that is in it; does nothing if there is none of that name.
   *
   * @throws StoreException if the space is open
   */
  void delete(String name);
}
