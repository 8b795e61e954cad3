// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.CollectionChange;
import dev.divan.database.CollectionChangeListener;
import dev.divan.events.letter.Topics;
import dev.divan.instance.Notice;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.DocumentReplication;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.testkit.fake.FakeListener;
import dev.divan.testkit.fake.FakeReplicator;
import dev.divan.testkit.fake.FakeSession;
import dev.divan.testkit.osgi.TestFramework;
import dev.divan.transport.Closure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class EventsTest {
  private static final Map<String, Object> ALL = Map.of();

  @TempDir Path directory;
  private TestFramework framework;
  private BundleContext context;
  private final Box box = new Box();
  private final FakeReplicator site = new FakeReplicator(ReplicatorActivityLevel.CONNECTING, 0, 0);

  /** An Event Admin that lets its handlers be as slow as a test wants. */
  private static final class Box implements EventAdmin {
    final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    final Semaphore gate = new Semaphore(Integer.MAX_VALUE);

    @Override
    public void postEvent(Event event) {
      throw new AssertionError("would wait there without a limit");
    }

    @Override
    public void sendEvent(Event event) {
      gate.acquireUninterruptibly();
      events.add(event);
    }

    Event next() throws InterruptedException {
      Event event = events.poll(10, TimeUnit.SECONDS);
      assertNotNull(event, "an event is awaited");
      assertTrue(event.getProperty("timestamp") instanceof Long);
      return event;
    }
  }

  private void become(ReplicatorActivityLevel level, long completed) {
    site.become(new ReplicatorStatus(level, new ReplicatorProgress(completed, completed), null));
  }

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(directory.resolve("fw"));
    context = framework.context();
  }

  private Events begin(Map<String, Object> properties) {
    Events events = new Events(context, box);
    events.activate(properties);
    return events;
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private ServiceRegistration<Replicator> register() {
    return framework.register(Replicator.class, site.replicator, "name", "site-b");
  }

  private Event status(String activity) throws InterruptedException {
    Event event = box.next();
    assertEquals(Topics.STATUS, event.getTopic());
    assertEquals("site-b", event.getProperty("replicator"));
    assertEquals(activity, event.getProperty("activity"));
    return event;
  }

  @Test
  void aReplicatorIsToldFromWhenItComesUntilItGoes() throws Exception {
    Events events = begin(ALL);
    var registration = register();
    status("CONNECTING");
    become(ReplicatorActivityLevel.IDLE, 3);
    assertEquals(3L, status("IDLE").getProperty("completed"));
    registration.unregister();
    status("GONE");
    assertTrue(site.listeners.isEmpty() && site.documentListeners.isEmpty());
    events.deactivate();
  }

  @Test
  void documentsAndTheirErrorsAreTold() throws Exception {
    Events events = begin(Map.of("topics", "dev/divan/document/*"));
    register();
    assertTrue(site.listeners.isEmpty(), "nobody wants the status");
    ReplicatorException error = new ReplicatorException(Domain.HTTP, 403, false, "no", null);
    DocumentReplication replication =
        new DocumentReplication(
            site.replicator,
            true,
            List.of(
                new ReplicatedDocument("_default", "_default", "a", Set.of(), null),
                new ReplicatedDocument("_default", "_default", "b", Set.of(), error)));
    site.documentListeners.forEach(listener -> listener.replicated(replication));
    Event replicated = box.next();
    assertEquals(Topics.REPLICATED, replicated.getTopic());
    assertArrayEquals(new String[] {"a"}, (String[]) replicated.getProperty("documents"));
    Event failed = box.next();
    assertEquals(Topics.FAILED, failed.getTopic());
    assertEquals("b", failed.getProperty("document"));
    events.deactivate();
  }

  @Test
  void clientsAreToldWhenTheyComeAndWhenTheyGo() throws Exception {
    Events events = begin(Map.of("topics", "dev/divan/peer/*"));
    FakeListener house =
        new FakeListener(new URLEndpointListenerConfiguration(Set.of(site.collection)));
    FakeSession client =
        new FakeSession(
            new PeerContext("id", "10.0.0.7:4711", "ada", Set.of("staff")), Instant.EPOCH);
    framework.register(URLEndpointListener.class, house.listener, "name", "lan");
    house.enters(client.session);
    Event came = box.next();
    assertEquals(Topics.CONNECTED, came.getTopic());
    assertEquals("lan", came.getProperty("listener"));
    assertEquals("ada", came.getProperty("principal"));
    assertArrayEquals(new String[] {"staff"}, (String[]) came.getProperty("roles"));
    client.end.complete(new Closure(Closure.NORMAL, "", true, null));
    Event went = box.next();
    assertEquals(Topics.GONE, went.getTopic());
    assertEquals(4000L, went.getProperty("bytesReceived"));
    events.deactivate();
    assertTrue(house.sessionListeners.isEmpty());
  }

  @Test
  void collectionsAreHeardByTheWhiteboard() throws Exception {
    Events events = begin(ALL);
    var reference = context.getServiceReference(CollectionChangeListener.class);
    assertEquals("(collection=*)", reference.getProperty("collection.target"));
    CollectionChangeListener listener = context.getService(reference);
    listener.changed(new CollectionChange(site.collection, List.of("a", "b")));
    Event changed = box.next();
    assertEquals(Topics.CHANGED, changed.getTopic());
    assertEquals("_default._default", changed.getProperty("collection"));
    assertArrayEquals(new String[] {"a", "b"}, (String[]) changed.getProperty("documents"));
    events.deactivate();
    assertNull(context.getServiceReference(CollectionChangeListener.class));
  }

  @Test
  void aHandlerThatHangsHoldsUpNobodyAndHearsTheLatestStatusAfterwards() throws Exception {
    box.gate.drainPermits();
    Events events = begin(Map.of("topics", Topics.STATUS));
    register();
    for (int i = 1; i <= 10_000; i++) become(ReplicatorActivityLevel.BUSY, i);
    box.gate.release(10);
    for (Event event = box.next(); ; event = box.next()) {
      assertEquals(Topics.STATUS, event.getTopic(), "nothing was lost that counts");
      if (event.getProperty("completed").equals(10_000L)) break;
    }
    assertTrue(box.events.isEmpty());
    events.deactivate();
  }

  @Test
  void eventsBeyondTheLimitAreDroppedAndThatIsTold() throws Exception {
    box.gate.drainPermits();
    Events events = begin(Map.of("topics", Topics.CHANGED));
    CollectionChangeListener listener =
        context.getService(context.getServiceReference(CollectionChangeListener.class));
    for (int i = 0; i < 1500; i++)
      listener.changed(new CollectionChange(site.collection, List.of("doc" + i)));
    box.gate.release(1500);
    long told = 0;
    long lost = 0;
    while (told + lost < 1500) {
      Event event = box.next();
      if (event.getTopic().equals(Topics.LOST)) lost += (Long) event.getProperty("count");
      else told++;
    }
    assertEquals(1500, told + lost);
    assertTrue(lost >= 400, "lost " + lost);
    events.deactivate();
  }

  @Test
  void topicsAreHotAndFaultyOnesLeaveTheFormerInForce() throws Exception {
    Events events = begin(Map.of("topics", Topics.STATUS));
    register();
    status("CONNECTING");
    events.modified(Map.of("topics", "nonsense"));
    assertNotNull(framework.notice(Notice.REFUSED));
    become(ReplicatorActivityLevel.IDLE, 1);
    status("IDLE");
    events.modified(Map.of("topics", Topics.FAILED));
    assertTrue(site.listeners.isEmpty());
    assertFalse(site.documentListeners.isEmpty());
    assertNull(framework.notice(Notice.REFUSED));
    events.deactivate();
  }

  @Test
  void nothingIsLeftAfterFiftyComingsAndGoings() throws Exception {
    var registration = register();
    for (int i = 0; i < 50; i++) {
      Events events = begin(ALL);
      status("CONNECTING");
      events.deactivate();
      assertTrue(site.listeners.isEmpty() && site.documentListeners.isEmpty());
      assertNull(registration.getReference().getUsingBundles());
    }
    for (Thread thread : Thread.getAllStackTraces().keySet())
      if (thread.getName().startsWith("divan-events")) {
        thread.join(10_000);
        assertFalse(thread.isAlive(), "the thread ends with the component");
      }
  }
}
