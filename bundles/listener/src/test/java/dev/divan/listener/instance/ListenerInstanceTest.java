// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.database.Database;
import dev.divan.instance.Notice;
import dev.divan.listener.Fakes;
import dev.divan.listener.Fakes.FakeAcceptor;
import dev.divan.listener.Fakes.FakeAuthenticator;
import dev.divan.listener.Fakes.FakeChannel;
import dev.divan.listener.Fakes.FakeContexts;
import dev.divan.listener.Fakes.FakeIdentities;
import dev.divan.listener.Fakes.FakePassive;
import dev.divan.listener.Fakes.Knock;
import dev.divan.listener.Lines;
import dev.divan.listener.ListenerException;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassivePeer;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.testkit.osgi.TestFramework;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import dev.divan.transport.Acceptor;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

class ListenerInstanceTest {
  private static final String PATH = "/notes/_blipsync";

  @TempDir static Path storage;
  private static TestFramework framework;

  private final FakeAcceptor acceptor = new FakeAcceptor();
  private final FakePassive passive = new FakePassive();
  private final FakeContexts contexts = new FakeContexts();
  private final Database notes = Fakes.database("notes", "a.b");
  private final ListenerThreads threads = new ListenerThreads();
  private final List<ServiceRegistration<?>> registered = new ArrayList<>();
  private ListenerInstance instance;

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
    if (instance != null) {
      instance.deactivate();
    }
    assertNull(service(), "nothing is left behind");
    assertNull(waiting());
    assertNull(refused());
    threads.close();
    registered.forEach(ListenerInstanceTest::gone);
  }

  private static void gone(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException already) {
      // by the test itself
    }
  }

  private <T> ServiceRegistration<T> register(Class<T> type, T service, Object... properties) {
    ServiceRegistration<T> registration = framework.register(type, service, properties);
    registered.add(registration);
    return registration;
  }

  private ServiceRegistration<Database> database(Database database) {
    return register(Database.class, database, "name", database.getName());
  }

  private ServiceRegistration<ListenerAuthenticator> staff() {
    FakeAuthenticator staff = new FakeAuthenticator();
    staff.users.put("ann", "one");
    return register(ListenerAuthenticator.class, staff, "name", "staff");
  }

  private void surroundings() {
    register(Acceptor.class, acceptor, "schemes", new String[] {"ws", "wss"});
    register(PassivePeer.class, passive);
    register(TLSContexts.class, contexts);
    register(TLSIdentities.class, new FakeIdentities());
  }

  private static Map<String, Object> properties(Object... pairs) {
    Map<String, Object> properties =
        new HashMap<>(
            Map.of(
                "service.pid", "dev.divan.listener~lan",
                "database", "notes",
                "networkInterface", "127.0.0.1",
                ".secret", "x"));
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private void activate(Object... pairs) {
    instance = new ListenerInstance(framework.context(), threads);
    instance.activate(properties(pairs));
  }

  private static ServiceReference<URLEndpointListener> service() {
    return framework.context().getServiceReference(URLEndpointListener.class);
  }

  private static String waiting() {
    return hung(Notice.WAITING);
  }

  private static String refused() {
    return hung(Notice.REFUSED);
  }

  private static String hung(String kind) {
    try {
      var all = framework.context().getAllServiceReferences(null, "(" + kind + "=*)");
      return all == null ? null : (String) all[0].getProperty(kind);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private FakeChannel enter() throws Exception {
    return acceptor.enter(Knock.at(PATH).request());
  }

  @Test
  void opensWhenTheLastOfItsNeedsArrivesInWhateverOrder() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      activate("authenticator", "staff", "tlsIdentity", "gate");
      List<Runnable> arrivals =
          new ArrayList<>(
              List.of(
                  () -> database(notes),
                  this::staff,
                  () -> register(TLSIdentity.class, Fakes.identity("gate"), "label", "gate"),
                  () -> register(Acceptor.class, acceptor, "schemes", new String[] {"wss"}),
                  () -> register(PassivePeer.class, passive),
                  () -> register(TLSContexts.class, contexts),
                  () -> register(TLSIdentities.class, new FakeIdentities())));
      Collections.shuffle(arrivals, random);
      for (Runnable arrival : arrivals) {
        assertNull(service());
        assertTrue(waiting().startsWith("waits for "), waiting());
        arrival.run();
      }
      assertNotNull(service());
      assertNull(waiting());
      instance.deactivate();
      registered.forEach(ListenerInstanceTest::gone);
      registered.clear();
    }
  }

  @Test
  void saysInWordsWhatItWaitsFor() {
    surroundings();
    activate("authenticator", "staff");
    assertEquals("waits for database (name=notes), authenticator (name=staff)", waiting());
  }

  @Test
  void isAServiceWithThePropertiesThatWerePromised() {
    surroundings();
    database(notes);
    activate("port", "4984");
    ServiceReference<URLEndpointListener> service = service();
    assertEquals("lan", service.getProperty("name"));
    assertEquals("notes", service.getProperty("database.name"));
    assertEquals(4984, service.getProperty("listener.port"));
    assertArrayEquals(
        new String[] {"wss://127.0.0.1:4984/notes"},
        (String[]) service.getProperty("listener.urls"));
    assertEquals("dev.divan.listener~lan", service.getProperty("service.pid"));
    assertNull(service.getProperty(".secret"));
  }

  @Test
  void leavesWithItsDatabaseAndComesBackWithIt() throws Exception {
    surroundings();
    ServiceRegistration<Database> registration = database(notes);
    activate();
    FakeChannel channel = enter();
    registration.unregister();
    assertEquals("4001 listener is stopping", channel.ended);
    assertNull(service());
    assertEquals("waits for database (name=notes)", waiting());
    database(notes);
    assertNotNull(service());
  }

  @Test
  void keepsItsSessionsButLetsNobodyInWhileTheAuthenticatorIsAway() throws Exception {
    surroundings();
    database(notes);
    ServiceRegistration<ListenerAuthenticator> first = staff();
    activate("authenticator.target", "(name=staff)");
    FakeChannel channel = acceptor.enter(Knock.at(PATH).as("ann", "one").request());
    first.unregister();
    assertEquals(503, acceptor.refusal(Knock.at(PATH).as("ann", "one").request()).status());
    staff();
    acceptor.enter(Knock.at(PATH).as("ann", "one").request());
    assertEquals("", channel.ended);
    assertEquals(List.of("bound 50000"), acceptor.events);
  }

  private ServiceRegistration<ReplicationFilter> filter(String name, ReplicationFilter filter) {
    return register(ReplicationFilter.class, filter, "name", name);
  }

  @Test
  void filtersAreServicesAskedAnewAndNothingPassesWhileOneIsAway() throws Exception {
    ReplicationFilter one = (document, flags, peer) -> true;
    ReplicationFilter other = (document, flags, peer) -> false;
    surroundings();
    database(notes);
    activate("sendFilter", "rights", "receiveFilter.target", "(name=inbox)");
    assertEquals("waits for sendFilter (name=rights), receiveFilter (name=inbox)", waiting());
    ServiceRegistration<ReplicationFilter> first = filter("rights", one);
    filter("inbox", other);
    FakeChannel channel = enter();
    PassiveConfiguration served = passive.sessions.get(0).configuration;
    assertSame(one, served.sendFilter().get());
    assertSame(other, served.receiveFilter().get());
    first.unregister();
    assertNull(served.sendFilter().get());
    assertEquals(503, acceptor.refusal(Knock.at(PATH).request()).status());
    filter("rights", other);
    assertSame(other, served.sendFilter().get());
    enter();
    assertEquals("", channel.ended);
  }

  @Test
  void aFilterThatIsNamedWhileClientsAreInCountsForThem() throws Exception {
    ReplicationFilter one = (document, flags, peer) -> true;
    surroundings();
    database(notes);
    filter("rights", one);
    activate();
    FakeChannel channel = enter();
    PassiveConfiguration served = passive.sessions.get(0).configuration;
    assertSame(PassiveConfiguration.EVERYTHING, served.sendFilter().get());
    try (Lines lines = new Lines()) {
      instance.modified(properties("sendFilter", "rights"));
      assertEquals(
          1,
          lines.peers("sendFilter everything → rights (hot: counts for the next document)").size());
    }
    assertSame(one, served.sendFilter().get());
    assertSame(PassiveConfiguration.EVERYTHING, served.receiveFilter().get());
    instance.modified(properties());
    assertSame(PassiveConfiguration.EVERYTHING, served.sendFilter().get());
    assertEquals("", channel.ended);
    assertEquals(List.of("bound 50000"), acceptor.events);
  }

  @Test
  void anAuthenticatorWithAnotherDemandBindsAgain() throws Exception {
    surroundings();
    database(notes);
    staff();
    activate("authenticator", "staff");
    FakeAuthenticator cards = new FakeAuthenticator();
    cards.demand = ListenerAuthenticator.Demand.CERTIFICATE;
    register(ListenerAuthenticator.class, cards, "name", "staff", Constants.SERVICE_RANKING, 9);
    assertTrue(acceptor.request.clientCertificate());
    acceptor.enter(Knock.at(PATH).withCertificate().request());
  }

  @Test
  void aNewIdentityIsShownFromTheNextHandshakeOn() throws Exception {
    surroundings();
    database(notes);
    var old = register(TLSIdentity.class, Fakes.identity("gate"), "label", "gate", "n", 1);
    activate("tlsIdentity", "gate");
    FakeChannel channel = enter();
    TLSIdentity fresh = Fakes.identity("gate2");
    register(TLSIdentity.class, fresh, "label", "gate");
    old.unregister();
    assertEquals(fresh, contexts.source.get());
    assertEquals("", channel.ended);
  }

  @Test
  void triesAgainWhileThePortIsTaken() throws Exception {
    surroundings();
    database(notes);
    acceptor.taken.add(4984);
    CountDownLatch opened = new CountDownLatch(1);
    ServiceListener listener =
        event -> {
          if (event.getType() == ServiceEvent.REGISTERED
              && event.getServiceReference().getProperty("listener.port") != null) {
            opened.countDown();
          }
        };
    framework.context().addServiceListener(listener);
    activate("port", 4984);
    assertNull(service());
    assertEquals("port 4984 is in use", waiting());
    acceptor.taken.remove(4984);
    assertTrue(opened.await(10, TimeUnit.SECONDS));
    framework.context().removeServiceListener(listener);
    assertEquals(4984, service().getProperty("listener.port"));
  }

  private static URLEndpointListener listener() {
    return framework.context().getService(service());
  }

  private static void assertStopped() {
    assertEquals(0, service().getProperty("listener.port"));
    assertArrayEquals(new String[0], (String[]) service().getProperty("listener.urls"));
    assertEquals(0, listener().getPort());
    assertNull(waiting());
  }

  @Test
  void aStoppedListenerStaysTheSameServiceAndOpensAgainAsConfigured() throws Exception {
    surroundings();
    database(notes);
    activate("port", 4984);
    FakeChannel channel = enter();
    ServiceReference<URLEndpointListener> before = service();
    listener().stop();
    assertEquals("4001 listener is stopping", channel.ended);
    assertStopped();
    assertEquals(4984, service().getProperty("port"), "as it is configured");
    listener().start();
    assertEquals(before, service());
    assertEquals(4984, service().getProperty("listener.port"));
    enter();
  }

  @Test
  void aStoppedListenerIsOpenedByNoChangeButByAStartAndThenUnderTheLastOne() throws Exception {
    surroundings();
    database(notes);
    activate("port", 4984);
    ServiceReference<URLEndpointListener> before = service();
    listener().stop();
    instance.modified(properties("port", 4985));
    instance.modified(properties("port", "many"));
    assertEquals(before, service());
    assertEquals(0, service().getProperty("listener.port"));
    assertEquals(4985, service().getProperty("port"));
    instance.modified(properties("port", 4986, "authenticator", "staff"));
    staff();
    assertStopped();
    listener().start();
    assertEquals(List.of("bound 4984", "closed 4984", "bound 4986"), acceptor.events);
    assertEquals(401, acceptor.refusal(Knock.at(PATH).request()).status());
  }

  @Test
  void aStoppedListenerIsStillStoppedWhenItsDatabaseComesBack() throws Exception {
    surroundings();
    ServiceRegistration<Database> registration = database(notes);
    activate();
    listener().stop();
    URLEndpointListener former = listener();
    registration.unregister();
    assertNull(service());
    assertEquals("waits for database (name=notes)", waiting());
    assertThrows(ListenerException.class, former::start);
    registration = database(notes);
    assertStopped();
    listener().start();
    registration.unregister();
    database(notes);
    assertNotEquals(0, service().getProperty("listener.port"), "who was started stays so");
  }

  @Test
  void aConfigurationMadeAnewStarts() throws Exception {
    surroundings();
    database(notes);
    activate();
    listener().stop();
    instance.deactivate();
    activate();
    assertEquals(50_001, service().getProperty("listener.port"));
  }

  @Test
  void aListenerThatLosesItsPortIsNoServiceUntilItHasItBack() throws Exception {
    surroundings();
    database(notes);
    activate("port", 4984, "disableTLS", true);
    acceptor.robbed = true;
    CountDownLatch opened = new CountDownLatch(1);
    ServiceListener listener =
        event -> {
          if (event.getType() == ServiceEvent.REGISTERED
              && event.getServiceReference().getProperty("listener.port") != null) {
            opened.countDown();
          }
        };
    framework.context().addServiceListener(listener);
    try (Lines lines = new Lines()) {
      instance.modified(properties("port", 4984));
      assertEquals(
          List.of("listener lan is not open: port 4984 is in use; trying again until it works"),
          lines.of(Level.ERROR));
    }
    assertNull(service());
    assertEquals("port 4984 is in use", waiting());
    acceptor.robbed = false;
    assertTrue(opened.await(10, TimeUnit.SECONDS));
    framework.context().removeServiceListener(listener);
    assertEquals(4984, service().getProperty("listener.port"));
  }

  @Test
  void anIdentityThatIsNotShownIsSaid() {
    surroundings();
    database(notes);
    try (Lines lines = new Lines()) {
      activate("disableTLS", true, "tlsIdentity", "gate");
      assertEquals("ws://127.0.0.1:50000/notes", listener().getUrls().get(0).toString());
      assertEquals(
          List.of(
              "listener lan: disableTLS and tlsIdentity are both set; disableTLS counts, there is"
                  + " no TLS and the identity is not shown"),
          lines.warnings());
    }
  }

  @Test
  void anAuthenticatorIsCalledOnceByItsName() {
    surroundings();
    database(notes);
    staff();
    activate();
    try (Lines lines = new Lines()) {
      instance.modified(properties("authenticator", "staff"));
      assertEquals(
          List.of(
              "listener lan: authenticator open to everyone → staff"
                  + " (hot: counts for the next connection)"),
          lines.of(Level.INFO));
    }
  }

  @Test
  void aCollectionThatIsNotThereIsNamed() {
    surroundings();
    database(notes);
    activate("collections", "a.b, x.y");
    assertEquals("collections: the database notes has no collection x.y", waiting());
  }

  @Test
  void aHotChangeIsCarriedOverToTheOpenDoor() throws Exception {
    surroundings();
    database(notes);
    staff();
    activate();
    FakeChannel channel = enter();
    instance.modified(properties("authenticator", "staff", "enableDeltaSync", "true"));
    assertEquals("", channel.ended);
    assertEquals(List.of("bound 50000"), acceptor.events);
    assertEquals(401, acceptor.refusal(Knock.at(PATH).request()).status());
    assertEquals("staff", service().getProperty("authenticator"));
  }

  @Test
  void anotherDatabaseKeepsTheSocketAndSendsClientsAway() throws Exception {
    surroundings();
    database(notes);
    database(Fakes.database("other"));
    activate();
    FakeChannel channel = enter();
    instance.modified(properties("database", "other"));
    assertEquals("4001 listener has changed", channel.ended);
    assertEquals(List.of("bound 50000"), acceptor.events);
    assertEquals("other", service().getProperty("database.name"));
    acceptor.enter(Knock.at("/other/_blipsync").request());
  }

  @Test
  void aChangeToAnAuthenticatorThatIsNotThereKeepsSessionsAndLetsNobodyInUntilItIs()
      throws Exception {
    surroundings();
    database(notes);
    activate();
    FakeChannel channel = enter();
    instance.modified(properties("authenticator", "staff"));
    assertEquals(503, acceptor.refusal(Knock.at(PATH).request()).status());
    staff();
    assertEquals(401, acceptor.refusal(Knock.at(PATH).request()).status());
    assertEquals("", channel.ended);
  }

  @Test
  void aNewPortIsAnnounced() throws Exception {
    surroundings();
    database(notes);
    activate("port", 4984);
    ServiceReference<URLEndpointListener> before = service();
    instance.modified(properties("port", 4985));
    assertEquals(List.of("bound 4984", "bound 4985", "closed 4984"), acceptor.events);
    assertEquals(before, service(), "the same service");
    assertEquals(4985, service().getProperty("listener.port"));
  }

  @Test
  void aFaultyConfigurationIsRefusedByPropertyName() {
    surroundings();
    Map<Map<String, Object>, String> faulty =
        Map.of(
            properties("database", ""), "database is missing",
            properties("database.target", "(name=x)"), "database and database.target are both",
            properties("port", "many"), "port is a number from 0 to 65535, not \"many\"",
            properties("port", 70_000), "port is a number",
            properties("disableTLS", "yes"), "disableTLS is true or false",
            properties("maxConnections", 0), "maxConnections is a number from 1",
            properties("collections", "a.b.c"), "collections are scope.name",
            properties("authenticator.target", "name=x"),
                "authenticator.target name=x is no filter");
    faulty.forEach(
        (configuration, words) -> {
          instance = new ListenerInstance(framework.context(), threads);
          instance.activate(configuration);
          assertTrue(refused().startsWith("dev.divan.listener lan: " + words), refused());
          instance.deactivate();
        });
  }

  @Test
  void aRefusedConfigurationThatIsMendedTakesEffect() throws Exception {
    surroundings();
    database(notes);
    activate("port", "many");
    assertNull(service());
    instance.modified(properties("port", "more"));
    assertEquals(
        "dev.divan.listener lan: port is a number from 0 to 65535, not \"more\"", refused());
    instance.modified(properties("port", 4984));
    assertNull(refused());
    assertEquals(4984, service().getProperty("listener.port"));
  }

  @Test
  void aFaultyChangeLeavesTheListenerAsItWasAndIsSaid() throws Exception {
    surroundings();
    ServiceRegistration<Database> registration = database(notes);
    activate();
    FakeChannel channel = enter();
    ServiceReference<URLEndpointListener> before = service();
    instance.modified(properties("port", "many"));
    String sentence =
        "dev.divan.listener lan: port is a number from 0 to 65535, not \"many\";"
            + " it runs on as configured before";
    assertEquals(sentence, refused());
    assertEquals("", channel.ended);
    assertEquals(before, service());
    assertNull(service().getProperty("port"));
    assertEquals(List.of("bound 50000"), acceptor.events);
    registration.unregister();
    assertNull(service());
    database(notes);
    assertNotNull(service(), "it still comes and goes with its database");
    assertEquals(sentence, refused());
    instance.modified(properties("readOnly", true));
    assertNull(refused());
    assertEquals(true, service().getProperty("readOnly"));
  }

  @Test
  void aListenerMadeInCodeIsTheSameServiceAndLeavesWithItsDatabase() throws Exception {
    ServiceRegistration<Database> registration = database(notes);
    Doors doors =
        new Doors(framework.context(), acceptor, passive, contexts, new FakeIdentities(), threads);
    URLEndpointListener listener =
        doors.create(
            new URLEndpointListenerConfiguration(Set.of(notes.getDefaultCollection()))
                .setNetworkInterface("127.0.0.1"));
    assertNull(service());
    listener.start();
    assertEquals("notes", service().getProperty("name"));
    assertEquals(50_000, service().getProperty("listener.port"));
    registration.unregister();
    assertEquals(0, listener.getPort());
    assertNull(service());
    database(notes);
    listener.start();
    doors.close();
    assertEquals(0, listener.getPort());
  }

  /** The framework's context, which counts who listens and may refuse to take services back. */
  private static BundleContext context(AtomicInteger listening, AtomicBoolean stopped) {
    return (BundleContext)
        Proxy.newProxyInstance(
            ListenerInstanceTest.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("addServiceListener")) {
                listening.incrementAndGet();
              } else if (method.getName().equals("removeServiceListener")) {
                listening.decrementAndGet();
              } else if (method.getName().equals("ungetService") && stopped.get()) {
                throw new IllegalStateException("the bundle has stopped");
              }
              return method.invoke(framework.context(), arguments);
            });
  }

  @Test
  void makingTheFactoryLeavesNothingBehindThatOnlyClosingItTakesAway() throws Exception {
    AtomicInteger listening = new AtomicInteger();
    AtomicBoolean stopped = new AtomicBoolean();
    database(notes);
    Doors doors =
        new Doors(
            context(listening, stopped),
            acceptor,
            passive,
            contexts,
            new FakeIdentities(),
            threads);
    assertEquals(0, listening.get());
    URLEndpointListenerConfiguration configuration =
        new URLEndpointListenerConfiguration(Set.of(notes.getDefaultCollection()))
            .setNetworkInterface("127.0.0.1");
    URLEndpointListener listener = doors.create(configuration);
    listener.start();
    assertEquals(1, listening.get());
    stopped.set(true);
    doors.close();
    assertEquals(0, listener.getPort());
    assertEquals(0, listening.get());
    assertThrows(ListenerException.class, listener::start);
    assertThrows(IllegalStateException.class, () -> doors.create(configuration));
    assertEquals(0, listening.get());
  }
}
