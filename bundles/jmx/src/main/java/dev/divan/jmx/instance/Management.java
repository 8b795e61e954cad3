// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.instance;

import dev.divan.database.Database;
import dev.divan.jmx.bean.DatabaseMXBean;
import dev.divan.jmx.bean.IdentityMXBean;
import dev.divan.jmx.bean.ListenerMXBean;
import dev.divan.jmx.bean.ManagedDatabase;
import dev.divan.jmx.bean.ManagedIdentity;
import dev.divan.jmx.bean.ManagedListener;
import dev.divan.jmx.bean.ManagedReplicator;
import dev.divan.jmx.bean.ReplicatorMXBean;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.tls.TLSIdentity;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/** Shows every replicator, listener, database and identity to the JVM's management. */
@Component(
    service = {},
    immediate = true)
public final class Management {
  private final List<Beans<?, ?>> beans;

  @Activate
  public Management(BundleContext context) {
    this(context, ManagementFactory.getPlatformMBeanServer());
  }

  /** With beans in another server. */
  public Management(BundleContext context, MBeanServer server) {
    beans =
        List.of(
            new Beans<>(
                context,
                server,
                "Replicator",
                Replicator.class,
                ReplicatorMXBean.class,
                (reference, service) -> new ManagedReplicator(Beans.name(reference), service)),
            new Beans<>(
                context,
                server,
                "Listener",
                URLEndpointListener.class,
                ListenerMXBean.class,
                (reference, service) ->
                    new ManagedListener(
                        Beans.name(reference), () -> authenticator(reference), service)),
            new Beans<>(
                context,
                server,
                "Database",
                Database.class,
                DatabaseMXBean.class,
                (reference, service) -> new ManagedDatabase(service)),
            new Beans<>(
                context,
                server,
                "Identity",
                TLSIdentity.class,
                IdentityMXBean.class,
                (reference, service) -> new ManagedIdentity(service)));
    beans.forEach(ServiceTracker::open);
  }

  private static @Nullable String authenticator(ServiceReference<?> reference) {
    Object name = reference.getProperty("authenticator");
    Object target = name == null ? reference.getProperty("authenticator.target") : name;
    return target == null ? null : target.toString();
  }

  @Deactivate
  void deactivate() {
    beans.forEach(ServiceTracker::close);
  }
}
