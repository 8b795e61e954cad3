// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import dev.divan.database.Document;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides which documents go. Runs on a thread that may block, never in a transaction; what it
 * throws is reported as the document's error, and that document does not go.
 *
 * <p>As a service it is chosen by a replicator's configuration, by its property {@code name} for
 * example; or it says itself, by a filter {@code replicator.target} on the properties of the {@link
 * Replicator} service, for which of those that choose none it is, and by {@code direction}, {@code
 * push} or {@code pull}, for which way.
 */
@ConsumerType
@FunctionalInterface
public interface ReplicationFilter {

  /**
   * @param document as it would go; a deleted one has its tombstone's content
   * @param peer the other end
   */
  boolean filtered(Document document, Set<DocumentFlag> flags, PeerContext peer);
}
