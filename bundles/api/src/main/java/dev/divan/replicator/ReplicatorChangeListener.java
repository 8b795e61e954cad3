// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of status changes, in order, the last one always. May skip steps in between when it is
 * slow. As a service it hears of all configured replicators, or of those that its property {@code
 * replicator.target} matches.
 */
@ConsumerType
@FunctionalInterface
public interface ReplicatorChangeListener {
  void changed(ReplicatorChange change);
}
