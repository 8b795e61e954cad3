// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import org.osgi.annotation.versioning.ProviderType;

/** Makes replicators in code; configuration does the same with files. A service. */
@ProviderType
public interface ReplicatorFactory {

  /** A replicator, not started. Until it is closed it is also a service, called as its database. */
  Replicator create(ReplicatorConfiguration configuration);
}
