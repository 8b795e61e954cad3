// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import dev.divan.database.Document;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicationFilter;
import java.util.Set;

/** Runs inside a node, in a bundle of its own: everything passes. */
public final class LiveFilter implements ReplicationFilter {
  @Override
  public boolean filtered(Document document, Set<DocumentFlag> flags, PeerContext peer) {
    return true;
  }
}
