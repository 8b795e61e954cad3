// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import org.jspecify.annotations.Nullable;

/**
 * A document's latest change.
 *
 * @param sequence of this change; each document has one place in the order, its latest
 * @param bodySize bytes of JSON
 * @param peerRevision what the peer asked about holds, as far as known
 */
public record Change(
    long sequence,
    String documentID,
    String revID,
    boolean deleted,
    int bodySize,
    @Nullable String peerRevision) {}
