// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import java.util.Map;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a service says for which replicators it is: a filter on their service properties. */
final class Target {
  static final String PROPERTY = "replicator.target";

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private Target() {}

  /** Lets go of a service. */
  static void giveBack(BundleContext context, ServiceReference<?> service) {
    try {
      context.ungetService(service);
    } catch (IllegalStateException e) {
      LOG.debug("the bundle has stopped; the framework has given {} back", service, e);
    }
  }

  /**
   * @param otherwise for a service that does not say; one that says what is no filter is for none
   */
  static Predicate<Map<String, ?>> of(ServiceReference<?> service, boolean otherwise) {
    Object target = service.getProperty(PROPERTY);
    if (target == null) return replicator -> otherwise;
    try {
      Filter filter = FrameworkUtil.createFilter(target.toString());
      return filter::matches;
    } catch (InvalidSyntaxException e) {
      LOG.error("{} of {} is no filter: {}", PROPERTY, service, e.getMessage());
      return replicator -> false;
    }
  }
}
