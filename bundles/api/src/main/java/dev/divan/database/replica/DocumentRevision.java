// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

/** Names one revision of one document. */
public record DocumentRevision(String documentID, String revID) {}
