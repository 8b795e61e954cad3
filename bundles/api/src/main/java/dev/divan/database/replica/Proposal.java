// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import org.jspecify.annotations.Nullable;

/** A revision a peer would like to push, and which of ours it builds upon; null for none. */
public record Proposal(String documentID, String revID, @Nullable String parentRevID) {}
