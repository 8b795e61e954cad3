// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import dev.divan.database.Collection;
import java.util.List;

/**
 * What a passive peer shares.
 *
 * @param collections of one database
 * @param readOnly whether peers may only pull
 * @param deltaSync whether changes may come as deltas
 */
public record PassiveConfiguration(
    List<Collection> collections, boolean readOnly, boolean deltaSync) {
  public PassiveConfiguration {
    collections = List.copyOf(collections);
  }
}
