// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.util.List;

/** The IDs of documents that changed in a collection. */
public record CollectionChange(Collection collection, List<String> documentIDs) {
  public CollectionChange {
    documentIDs = List.copyOf(documentIDs);
  }
}
