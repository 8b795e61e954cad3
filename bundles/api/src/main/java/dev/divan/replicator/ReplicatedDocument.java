// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document.
 *
 * @param error null if it arrived
 */
public record ReplicatedDocument(
    String scope,
    String collection,
    String id,
    Set<DocumentFlag> flags,
    @Nullable ReplicatorException error) {
  public ReplicatedDocument {
    flags = Set.copyOf(flags);
  }
}
