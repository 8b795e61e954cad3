// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import org.jspecify.annotations.Nullable;

/**
 * Two revisions, neither of which knew of the other. A deleted side is null.
 *
 * @param peer the name of the peer the remote revision comes from
 */
public record Conflict(
    Collection collection,
    String documentID,
    @Nullable Document localDocument,
    @Nullable Document remoteDocument,
    String peer) {}
