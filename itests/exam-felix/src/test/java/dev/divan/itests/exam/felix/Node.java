// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.felix;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.database.Database;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorFactory;
import dev.divan.replicator.URLEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The framework the test runs in, configured as an administrator would, and asked as an application
 * would.
 */
final class Node implements AutoCloseable {
  static final int ADMITTED = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final BundleContext context;
  private final ConfigurationAdmin configurations;
  private final Map<String, Configuration> made = new HashMap<>();
  private final List<ServiceRegistration<?>> registered = new ArrayList<>();

  Node(BundleContext context, ConfigurationAdmin configurations) {
    this.context = context;
    this.configurations = configurations;
  }

  /** Makes an instance, or changes it: what {@code etc/PID-NAME.cfg} does in Karaf. */
  void configure(String pid, String name, Map<String, ?> properties) throws IOException {
    Configuration configuration = configurations.getFactoryConfiguration(pid, name, "?");
    configuration.update(new Hashtable<>(properties));
    made.put(configuration.getPid(), configuration);
  }

  /** Opens a listener on a free port of this machine alone. */
  void listen(String name, String database) throws IOException {
    configure(
        "dev.divan.listener",
        name,
        Map.of("database", database, "networkInterface", "127.0.0.1", "disableTLS", true));
  }

  /** Registers a service of the test, until it is unregistered or the test ends. */
  <T> ServiceRegistration<T> register(Class<T> type, T service, Map<String, ?> properties) {
    ServiceRegistration<T> registration =
        context.registerService(type, service, new Hashtable<>(properties));
    registered.add(registration);
    return registration;
  }

  void unregister(ServiceRegistration<?> registration) {
    registered.remove(registration);
    registration.unregister();
  }

  /** The service, awaited: a configuration takes effect on a thread of its own. */
  <T> T service(Class<T> type, String filter) throws Exception {
    ServiceTracker<T, T> tracker =
        new ServiceTracker<>(
            context,
            context.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")"),
            null);
    tracker.open();
    try {
      T service = tracker.waitForService(PATIENCE.toMillis());
      if (service == null)
        throw new AssertionError("no " + type.getSimpleName() + filter + ", but " + notices());
      return service;
    } finally {
      tracker.close();
    }
  }

  Database database(String name) throws Exception {
    return service(Database.class, "(name=" + name + ")");
  }

  String url(String listener) throws Exception {
    return url(listener, "");
  }

  /** Where a listener is, once its service has such properties. */
  String url(String listener, String filter) throws Exception {
    return service(URLEndpointListener.class, "(name=" + listener + ")" + filter)
        .getUrls()
        .get(0)
        .toString();
  }

  /**
   * Logs in once, to sync the database {@code client}, and tells how it went: {@link #ADMITTED}, or
   * the code of what was in the way.
   */
  int login(String url, String username, String password) throws Exception {
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(URLEndpoint.of(url))
            .addCollection(database("client").getDefaultCollection())
            .setAuthenticator(new BasicAuthenticator(username, password.toCharArray()))
            .setMaxAttempts(1);
    try (Replicator client = service(ReplicatorFactory.class, "").create(configuration)) {
      client.start();
      await(
          () -> client.getStatus().activityLevel() == ReplicatorActivityLevel.STOPPED,
          () -> client.getStatus() + " " + client.openWork());
      ReplicatorException error = client.getStatus().error();
      return error == null ? ADMITTED : error.getCode();
    }
  }

  void awaitText(String database, String id, String text) throws Exception {
    Database holder = database(database);
    await(
        () -> text.equals(text(holder, id)),
        () -> id + " in " + database + " is " + text(holder, id) + ", " + notices());
  }

  static void save(Database database, String id, String text) {
    Document present = database.getDefaultCollection().getDocument(id);
    MutableDocument document = present == null ? new MutableDocument(id) : present.toMutable();
    database.getDefaultCollection().save(document.setString("text", text));
  }

  static String text(Database database, String id) {
    Document document = database.getDefaultCollection().getDocument(id);
    return document == null ? null : document.getString("text");
  }

  void await(Callable<Boolean> condition, Supplier<String> complaint) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) throw new AssertionError(complaint.get());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** What instances wait for, or why their configuration is refused. */
  private String notices() {
    return services("(|(divan.waiting=*)(divan.refused=*))")
        .map(each -> each.getProperties())
        .toList()
        .toString();
  }

  private Stream<ServiceReference<?>> services(String filter) {
    try {
      ServiceReference<?>[] all = context.getAllServiceReferences(null, filter);
      return all == null ? Stream.of() : Stream.of(all);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes back what was configured and registered, and waits until nothing is left of it. */
  @Override
  public void close() throws Exception {
    for (Configuration each : made.values()) each.delete();
    for (String pid : made.keySet())
      await(
          () -> services("(service.pid=" + pid + ")").findAny().isEmpty(),
          () -> pid + " does not go");
    registered.forEach(ServiceRegistration::unregister);
  }
}
