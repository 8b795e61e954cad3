// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import java.util.List;

/**
 * About an announced revision.
 *
 * @param wanted whether it should be sent; if not, we have it, or one that follows it
 * @param current whether it is our current revision
 * @param ancestors revisions of the document that we hold, newest first, at most 10; what the
 *     sender may build upon
 */
public record Wanted(boolean wanted, boolean current, List<String> ancestors) {
  public Wanted {
    ancestors = List.copyOf(ancestors);
  }
}
