// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.divan.database.Database;
import dev.divan.instance.Notice;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.testing.Nodes;
import dev.divan.testkit.await.Await;
import dev.divan.testkit.osgi.TestFramework;
import dev.divan.transport.Channel;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Dialer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** What tests of configured replicators share: a registry, a peer, and a line that counts. */
abstract class Site {
  @TempDir static Path storage;
  static TestFramework framework;

  final Nodes nodes = new Nodes();
  final Database here = nodes.database("here");
  final Database there = nodes.database("there");
  final URLEndpoint endpoint = nodes.serve(there);
  final List<DialRequest> dials = new CopyOnWriteArrayList<>();
  final ConversationThreads threads = new ConversationThreads();
  final List<ServiceRegistration<?>> registered = new ArrayList<>();
  ReplicatorInstance instance;

  private final Dialer line =
      new Dialer() {
        @Override
        public CompletableFuture<Channel> dial(DialRequest request) {
          dials.add(request);
          return nodes.line().dial(request);
        }
      };

  @BeforeAll
  static void start() throws Exception {
    framework = new TestFramework(storage);
  }

  @AfterAll
  static void stop() throws Exception {
    framework.close();
  }

  @AfterEach
  void end() {
    if (instance != null) instance.deactivate();
    assertNull(service(), "nothing is left behind");
    assertNull(hung(Notice.WAITING));
    assertNull(hung(Notice.REFUSED));
    registered.forEach(Site::gone);
    threads.deactivate();
    nodes.close();
  }

  static void gone(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException already) {
      // by the test itself
    }
  }

  <T> ServiceRegistration<T> register(Class<T> type, T service, Object... properties) {
    ServiceRegistration<T> registration = framework.register(type, service, properties);
    registered.add(registration);
    return registration;
  }

  ServiceRegistration<Database> database() {
    return register(Database.class, here, "name", "here");
  }

  ServiceRegistration<Dialer> transport() {
    return register(Dialer.class, line, "schemes", new String[] {"loopback"});
  }

  void surroundings() {
    database();
    transport();
  }

  Map<String, Object> properties(Object... pairs) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "dev.divan.replicator~site-b");
    properties.put("database", "here");
    properties.put("url", endpoint.url().toString());
    properties.put("maxAttemptWaitTime", 1);
    for (int i = 0; i < pairs.length; i += 2) properties.put((String) pairs[i], pairs[i + 1]);
    return properties;
  }

  void activate(Object... pairs) {
    activate(properties(pairs));
  }

  void activate(Map<String, Object> configuration) {
    instance = new ReplicatorInstance(framework.context(), threads);
    instance.activate(configuration);
  }

  static ServiceReference<Replicator> service() {
    return framework.context().getServiceReference(Replicator.class);
  }

  static Replicator replicator() {
    return framework.context().getService(service());
  }

  void rests() {
    Await.until(
        () -> "idle, it is " + replicator().getStatus() + replicator().openWork(),
        () -> replicator().getStatus().activityLevel() == ReplicatorActivityLevel.IDLE);
  }

  void arrives(String id) {
    Await.until(() -> id, () -> there.getDefaultCollection().getDocument(id) != null);
  }

  static String hung(String kind) {
    try {
      var all = framework.context().getAllServiceReferences(null, "(" + kind + "=*)");
      return all == null ? null : (String) all[0].getProperty(kind);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
