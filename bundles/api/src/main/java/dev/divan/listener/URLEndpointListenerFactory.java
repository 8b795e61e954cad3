// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener;

import org.osgi.annotation.versioning.ProviderType;

/** Makes listeners in code; configuration does the same with files. A service. */
@ProviderType
public interface URLEndpointListenerFactory {

  /** A listener, not started. */
  URLEndpointListener create(URLEndpointListenerConfiguration configuration);
}
