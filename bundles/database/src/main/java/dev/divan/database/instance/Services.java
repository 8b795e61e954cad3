// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of services. A bundle may have stopped while its component was on the way out; the
 * framework has done it then.
 */
final class Services {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  private Services() {}

  /** Of another's. */
  static void giveBack(BundleContext context, ServiceReference<?> reference) {
    try {
      context.ungetService(reference);
    } catch (IllegalStateException e) {
      LOG.debug("the framework has given {} back", reference, e);
    }
  }

  /** Of our own; does nothing for null. */
  static void withdraw(@Nullable ServiceRegistration<?> registration) {
    if (registration == null) {
      return;
    }
    try {
      registration.unregister();
    } catch (IllegalStateException e) {
      LOG.debug("the framework has taken the service down", e);
    }
  }
}
