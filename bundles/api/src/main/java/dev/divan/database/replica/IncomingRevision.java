// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import dev.divan.json.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A revision on its way in.
 *
 * @param history its ancestors, newest first, without itself
 * @param peer if not null, remember that this peer holds it, and use what it held before to tell a
 *     conflict from a change of branch
 */
public record IncomingRevision(
    String documentID,
    String revID,
    List<String> history,
    boolean deleted,
    Body body,
    @Nullable String peer) {
  public IncomingRevision {
    history = List.copyOf(history);
  }
}
