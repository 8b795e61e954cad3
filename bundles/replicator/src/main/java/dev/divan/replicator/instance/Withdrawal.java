// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a service down that the framework may have taken down already. */
final class Withdrawal {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private Withdrawal() {}

  /** Does nothing for null. */
  static void of(@Nullable ServiceRegistration<?> registration) {
    if (registration == null) return;
    try {
      registration.unregister();
    } catch (IllegalStateException e) {
      LOG.debug("the bundle has stopped; the framework has taken the service down", e);
    }
  }
}
