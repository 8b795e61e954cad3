// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks.inside;

import dev.divan.replicator.ReplicationFilter;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A filter, {@code open}: what begins with "private" stays. */
public final class FilterActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    ReplicationFilter open = (document, flags, peer) -> !document.getId().startsWith("private");
    context.registerService(ReplicationFilter.class, open, new Hashtable<>(Map.of("name", "open")));
  }

  @Override
  public void stop(BundleContext context) {
    // the framework withdraws the service
  }
}
