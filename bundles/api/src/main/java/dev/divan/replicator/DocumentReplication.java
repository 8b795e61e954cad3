// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import java.util.List;

/** Documents that went one way, or could not. */
public record DocumentReplication(
    Replicator replicator, boolean push, List<ReplicatedDocument> documents) {
  public DocumentReplication {
    documents = List.copyOf(documents);
  }
}
