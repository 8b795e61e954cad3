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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Makes listeners in code. One that is started is a service like a configured one, until it is
 * stopped. It stops when its database goes, or what it is built on.
 */
@Component(service = URLEndpointListenerFactory.class)
public final class Doors implements URLEndpointListenerFactory, AutoCloseable {
  private final BundleContext context;
  private final Surroundings surroundings;

  /** As long as somebody has them; one that is open is held by its service. */
  private final Set<Door> doors =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final ServiceTracker<Database, Database> databases;
  private volatile boolean closed;

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
            try {
              List.copyOf(doors).stream().filter(door -> door.shares(gone)).forEach(Door::stop);
            } finally {
              giveBack(reference);
            }
          }
        };
  }

  private void giveBack(ServiceReference<Database> reference) {
    try {
      context.ungetService(reference);
    } catch (IllegalStateException stopped) {
      // The bundle has stopped while this was on the way out; the framework did it then.
    }
  }

  /**
   * @throws IllegalStateException if the bundle that makes listeners has stopped
   */
  @Override
  public URLEndpointListener create(URLEndpointListenerConfiguration configuration) {
    watch();
    Door[] made = new Door[1];
    Announcement announcement =
        new Announcement(context, () -> made[0], door -> door.getPort() != 0, Map::of);
    made[0] = new Door(surroundings, Terms.of(configuration), announcement::refresh);
    doors.add(made[0]);
    return made[0];
  }

  /**
   * From the first listener on. Not in the constructor: whoever loses a reference while that runs
   * is dropped without being deactivated.
   */
  private void watch() {
    databases.open();
    if (closed) {
      databases.close();
      throw new IllegalStateException("no listeners are made any more: the bundle has stopped");
    }
  }

  @Deactivate
  @Override
  public void close() {
    closed = true;
    try {
      databases.close();
    } finally {
      List.copyOf(doors).forEach(Door::retire);
    }
  }
}
