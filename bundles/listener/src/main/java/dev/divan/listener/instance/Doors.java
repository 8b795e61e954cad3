// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.instance;

import dev.divan.database.Database;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.listener.URLEndpointListenerFactory;
import dev.divan.listener.door.Door;
import dev.divan.listener.door.Surroundings;
import dev.divan.listener.door.Terms;
import dev.divan.replicator.PassivePeer;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentities;
import dev.divan.transport.Acceptor;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Makes listeners in code. One that is started is a service like a configured one, and stops when
 * its database goes, or what it is built on.
 */
@Component(service = URLEndpointListenerFactory.class)
public final class Doors implements URLEndpointListenerFactory, AutoCloseable {
  private final BundleContext context;
  private final Surroundings surroundings;
  private final Set<Door> open = ConcurrentHashMap.newKeySet();
  private final ServiceTracker<Database, Database> databases;

  @Activate
  public Doors(
      BundleContext context,
      @Reference(target = Wanted.ACCEPTOR) Acceptor acceptor,
      @Reference PassivePeer passive,
      @Reference TLSContexts contexts,
      @Reference TLSIdentities identities,
      @Reference ListenerThreads threads) {
    this.context = context;
    this.surroundings =
        new Surroundings(acceptor, passive, contexts, identities, threads.judging());
    this.databases =
        new ServiceTracker<>(context, Database.class, null) {
          @Override
          public void removedService(ServiceReference<Database> reference, Database gone) {
            stop(door -> door.shares(gone));
            super.removedService(reference, gone);
          }
        };
    databases.open();
  }

  @Override
  public URLEndpointListener create(URLEndpointListenerConfiguration configuration) {
    Door[] made = new Door[1];
    Announcement announcement = new Announcement(context, () -> made[0], Map::of);
    made[0] =
        new Door(
            surroundings,
            Terms.of(configuration),
            () -> {
              if (made[0].getPort() == 0) {
                open.remove(made[0]);
              } else {
                open.add(made[0]);
              }
              announcement.refresh();
            });
    return made[0];
  }

  @Deactivate
  @Override
  public void close() {
    databases.close();
    stop(door -> true);
  }

  private void stop(Predicate<Door> which) {
    open.stream().filter(which).forEach(Door::stop);
  }
}
