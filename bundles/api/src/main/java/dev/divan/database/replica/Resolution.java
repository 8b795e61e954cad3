// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import dev.divan.json.Body;

/** How a conflict ends. */
public sealed interface Resolution {

  /** The remote revision stands; the local branch is dropped. */
  record RemoteWins() implements Resolution {}

  /** A new revision follows the remote one, with this content; the local branch is dropped. */
  record Merged(Body body, boolean deleted) implements Resolution {}
}
