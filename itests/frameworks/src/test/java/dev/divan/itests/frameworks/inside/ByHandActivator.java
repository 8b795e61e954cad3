// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks.inside;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.local.LocalDatabase;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.listener.instance.Doors;
import dev.divan.listener.instance.ListenerThreads;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.store.memory.MemoryStore;
import dev.divan.tls.keeper.Identities;
import dev.divan.tls.trust.Contexts;
import dev.divan.transport.jetty.JettyTransport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * An application without Declarative Services and Configuration Admin: makes everything with
 * constructors, registers it, and closes it in the opposite order.
 */
public final class ByHandActivator implements BundleActivator {
  private final Deque<AutoCloseable> made = new ArrayDeque<>();

  @Override
  public void start(BundleContext context) throws Exception {
    MemoryStore store = keep(new MemoryStore());
    Threads threads = keep(new Threads());
    JettyTransport transport = keep(new JettyTransport());
    Contexts contexts = new Contexts();
    Identities identities =
        new Identities(context.getDataFile("identities").toPath(), Clock.systemUTC());

    LocalDatabase office = register(context, keep(new LocalDatabase("office", store)));
    LocalDatabase field = register(context, keep(new LocalDatabase("field", store)));

    Doors doors =
        keep(
            new Doors(
                context,
                transport,
                new PassiveDoor(threads),
                contexts,
                identities,
                keep(new ListenerThreads())));
    Collection shared = office.getDefaultCollection();
    URLEndpointListener listener =
        doors.create(
            new URLEndpointListenerConfiguration(Set.of(shared))
                .setNetworkInterface("127.0.0.1")
                .setAuthenticator(new BadgeActivator()));
    listener.start();

    URLEndpoint target = URLEndpoint.of("wss://127.0.0.1:" + listener.getPort() + "/office");
    Replicator replicator =
        keep(
            new ActiveReplicator(
                new ReplicatorConfiguration(target)
                    .addCollection(field.getDefaultCollection())
                    .setContinuous(true)
                    .setMaxAttemptWaitTime(Duration.ofSeconds(1))
                    .setAcceptOnlySelfSignedServerCertificate(true)
                    .setAuthenticator(new BasicAuthenticator("guest", "4711".toCharArray())),
                transport,
                contexts,
                threads));
    context.registerService(
        Replicator.class,
        replicator,
        new Hashtable<>(Map.of("name", "field", "database.name", "field")));
    replicator.start();
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    made.push(closeable);
    return closeable;
  }

  private static LocalDatabase register(BundleContext context, LocalDatabase database) {
    String name = database.getName();
    context.registerService(
        Database.class, database, new Hashtable<>(Map.of("name", name, "database.name", name)));
    return database;
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    while (!made.isEmpty()) made.pop().close();
  }
}
