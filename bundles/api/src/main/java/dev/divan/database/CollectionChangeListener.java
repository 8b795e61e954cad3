// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of changes. As a service, with the property {@code collection.target}, it is called for
 * what that filter matches.
 */
@ConsumerType
@FunctionalInterface
public interface CollectionChangeListener {
  void changed(CollectionChange change);
}
