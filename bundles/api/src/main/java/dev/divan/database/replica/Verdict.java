// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import org.jspecify.annotations.Nullable;

/**
 * About a proposal.
 *
 * @param currentRevID ours; null if we have no such document
 */
public record Verdict(Kind kind, @Nullable String currentRevID) {
  public enum Kind {
    /** Send it. */
    WELCOME,
    /** We have exactly this one. */
    KNOWN,
    /** It does not build upon our current revision. */
    CONFLICT
  }
}
