// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static dev.divan.replicator.testing.Nodes.assertEqual;
import static dev.divan.replicator.testing.Nodes.becomeEqual;
import static dev.divan.replicator.testing.Nodes.content;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Authenticator;
import dev.divan.database.Conflict;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Database;
import dev.divan.database.Document;
import dev.divan.instance.Notice;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.testkit.await.Await;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceRegistration;

/** Filters, resolvers and settings are exchanged while documents flow, on one connection. */
class HotSwapTest extends Site {
  private static final int DOCUMENTS = 4000;
  private static final int CHANGES = 50;

  /** Lets documents pass by their ID, and counts those it is asked about. */
  private static final class Gate implements ReplicationFilter {
    private final Predicate<String> passes;
    private final AtomicInteger asked = new AtomicInteger();

    Gate(Predicate<String> passes) {
      this.passes = passes;
    }

    @Override
    public boolean filtered(Document document, Set<DocumentFlag> flags, PeerContext peer) {
      asked.incrementAndGet();
      return passes.test(document.getId());
    }
  }

  private static void fill(Database database, String prefix, int from, int count) {
    database.inBatch(
        () -> {
          for (int i = from; i < from + count; i++) save(database, prefix + i, "{'n':" + i + "}");
        });
  }

  @Test
  void everyHotPropertyChangesFiftyTimesWhileThousandsFlowBothWays() {
    surroundings();
    Gate even = new Gate(id -> true);
    Gate odd = new Gate(id -> true);
    register(ReplicationFilter.class, even, "name", "even");
    register(ReplicationFilter.class, odd, "name", "odd");
    register(ConflictResolver.class, Conflict::localDocument, "name", "even");
    register(ConflictResolver.class, Conflict::remoteDocument, "name", "odd");
    register(Authenticator.class, new Authenticator() {}, "name", "even");
    register(Authenticator.class, new Authenticator() {}, "name", "odd");
    activate("pushFilter", "even", "pullFilter", "even");
    int chunk = DOCUMENTS / CHANGES;
    for (int i = 0; i < CHANGES; i++) {
      fill(here, "h", i * chunk, chunk);
      fill(there, "t", i * chunk, chunk);
      String name = i % 2 == 0 ? "odd" : "even";
      instance.modified(
          properties(
              "pushFilter",
              name,
              "pullFilter",
              name,
              "conflictResolver",
              name,
              "authenticator",
              name,
              "headers",
              "Round: " + i,
              "heartbeat",
              100 + i,
              "maxAttempts",
              1 + i,
              "maxAttemptWaitTime",
              1 + i,
              "acceptOnlySelfSignedServerCertificate",
              i % 2 == 0));
      if (i % 10 == 9) arrives("h" + (i * chunk));
    }
    Await.until(
        () -> "all there: " + here.getDefaultCollection().getCount(),
        () ->
            here.getDefaultCollection().getCount() == 2 * DOCUMENTS
                && there.getDefaultCollection().getCount() == 2 * DOCUMENTS);
    rests();
    assertEqual(here, there);
    assertEquals(1, dials.size(), "one connection throughout");
    assertTrue(even.asked.get() > 0 && odd.asked.get() > 0, "both were asked");
    int before = even.asked.get() + odd.asked.get();
    assertTrue(before >= 2 * DOCUMENTS, () -> "nothing passed unfiltered: " + before);
  }

  @Test
  void whatIsAskedAfterASwapIsAskedOfTheNewFilter() {
    surroundings();
    register(ReplicationFilter.class, new Gate(id -> id.startsWith("a")), "name", "a");
    register(ReplicationFilter.class, new Gate(id -> id.startsWith("b")), "name", "b");
    activate("pushFilter", "a");
    save(here, "a1", "{}");
    save(here, "b1", "{}");
    arrives("a1");
    rests();
    instance.modified(properties("pushFilter", "b"));
    save(here, "a2", "{}");
    save(here, "b2", "{}");
    arrives("b2");
    rests();
    assertNull(there.getDefaultCollection().getDocument("a2"));
    assertNull(
        there.getDefaultCollection().getDocument("b1"), "what was held back is not looked at");
    save(here, "b1", "{'n':2}");
    arrives("b1");
    assertEquals(1, dials.size());
  }

  @Test
  void aFilterThatGoesHoldsDocumentsAndTheNextOneDecides() {
    surroundings();
    ServiceRegistration<ReplicationFilter> first =
        register(ReplicationFilter.class, new Gate(id -> true), "name", "staff");
    activate("pushFilter", "staff", "pullFilter", "staff");
    save(here, "before", "{}");
    arrives("before");
    rests();
    first.unregister();
    assertEquals(
        "waits for pushFilter (name=staff), pullFilter (name=staff)", hung(Notice.WAITING));
    fill(here, "h", 0, 500);
    fill(there, "t", 0, 500);
    Await.until(
        () -> "held both ways: " + replicator().openWork(),
        () -> replicator().openWork().toString().contains("there is no pullFilter (name=staff)"));
    assertEquals(501, there.getDefaultCollection().getCount(), "never unfiltered");
    assertEquals(501, here.getDefaultCollection().getCount());
    Gate second = new Gate(id -> !id.endsWith("7"));
    register(ReplicationFilter.class, second, "name", "staff");
    arrives("h499");
    rests();
    assertNull(hung(Notice.WAITING));
    assertEquals(1 + 450 + 500, there.getDefaultCollection().getCount());
    assertEquals(1 + 500 + 450, here.getDefaultCollection().getCount());
    assertEquals(1, dials.size());
    assertEquals(1000, second.asked.get());
  }

  @Test
  void whatIsHeldIsNotForgottenByARestart() {
    surroundings();
    ServiceRegistration<ReplicationFilter> filter =
        register(ReplicationFilter.class, new Gate(id -> true), "name", "staff");
    activate("pushFilter", "staff", "pullFilter", "staff");
    rests();
    filter.unregister();
    fill(here, "h", 0, 300);
    fill(there, "t", 0, 300);
    Await.until(
        () -> "held: " + replicator().openWork(),
        () -> replicator().openWork().toString().contains("there is no"));
    instance.deactivate();
    instance = null;
    register(ReplicationFilter.class, new Gate(id -> true), "name", "staff");
    activate("pushFilter", "staff", "pullFilter", "staff");
    becomeEqual(here, there);
    assertEquals(600, there.getDefaultCollection().getCount());
  }

  @Test
  void aFilterThatFailsBecauseItIsWithdrawnHasNotDecided() throws Exception {
    surroundings();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch withdrawn = new CountDownLatch(1);
    ServiceRegistration<ReplicationFilter> dying =
        register(
            ReplicationFilter.class,
            (document, flags, peer) -> {
              asked.countDown();
              await(withdrawn);
              throw new IllegalStateException("closed");
            },
            "name",
            "staff");
    activate("pushFilter", "staff");
    save(here, "a", "{}");
    asked.await();
    dying.unregister();
    withdrawn.countDown();
    Await.until(
        () -> "held: " + replicator().openWork(),
        () -> replicator().openWork().toString().contains("wait: "));
    register(ReplicationFilter.class, new Gate(id -> true), "name", "staff");
    arrives("a");
    assertEquals(1, dials.size());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aResolverIsSwappedAndWaitedFor() {
    surroundings();
    AtomicReference<String> last = new AtomicReference<>();
    ServiceRegistration<ConflictResolver> mine =
        register(
            ConflictResolver.class,
            conflict -> {
              last.set("mine");
              return conflict.localDocument();
            },
            "name",
            "judge");
    save(here, "a", "{'by':'here'}");
    save(there, "a", "{'by':'there'}");
    activate("conflictResolver", "judge");
    becomeEqual(here, there);
    assertEquals("mine", last.get());
    rests();
    mine.unregister();
    here.inBatch(() -> save(here, "b", "{'by':'here'}"));
    rests();
    replicator().stop();
    Await.until(() -> "stopped", () -> replicator().getStatus().activityLevel().ordinal() == 0);
    save(here, "c", "{'by':'here'}");
    save(there, "c", "{'by':'there'}");
    replicator().start();
    Await.until(
        () -> "held: " + replicator().openWork(),
        () -> replicator().openWork().toString().contains("no conflictResolver (name=judge)"));
    assertEquals("here", by(here, "c"));
    register(ConflictResolver.class, Conflict::remoteDocument, "name", "judge");
    becomeEqual(here, there);
    assertEquals("there", by(here, "c"));
    rests();
  }

  private static String by(Database database, String id) {
    Document document = database.getDefaultCollection().getDocument(id);
    assertNotNull(document);
    return document.getString("by");
  }

  @Test
  void aBetterServiceTakesOverAtOnce() {
    surroundings();
    register(ReplicationFilter.class, new Gate(id -> true), "name", "staff");
    activate("pushFilter", "staff");
    rests();
    Gate better = new Gate(id -> false);
    register(ReplicationFilter.class, better, "name", "staff", "service.ranking", 9);
    save(here, "a", "{}");
    Await.until(() -> "asked", () -> better.asked.get() == 1);
    rests();
    assertNull(there.getDefaultCollection().getDocument("a"));
    assertEquals(1, dials.size());
  }

  @Test
  void servicesComeAndGoAtRandomAndNothingIsLostOrPassesUnfiltered() throws Exception {
    surroundings();
    Random random = new Random(11);
    Set<String> passed = ConcurrentHashMap.newKeySet();
    ReplicationFilter memory =
        (document, flags, peer) -> {
          passed.add(document.getId());
          return true;
        };
    register(Authenticator.class, new Authenticator() {}, "name", "hq");
    Object[] services = {"pushFilter", "staff", "pullFilter", "staff", "conflictResolver", "judge"};
    ServiceRegistration<ReplicationFilter> filter =
        framework.register(ReplicationFilter.class, memory, "name", "staff");
    ServiceRegistration<ConflictResolver> judge =
        framework.register(ConflictResolver.class, Conflict::remoteDocument, "name", "judge");
    activate(services);
    rests();
    Thread operator =
        new Thread(
            () -> {
              for (int i = 0; i < CHANGES; i++) {
                Map<String, Object> next = properties(services);
                next.put("heartbeat", 100 + i);
                if (i % 2 == 0) next.put("authenticator", "hq");
                instance.modified(next);
              }
            });
    operator.start();
    for (int i = 0; i < 100; i++) {
      fill(here, "h", i * 20, 20);
      fill(there, "t", i * 20, 20);
      save(here, "both" + i, "{'by':'here'}");
      save(there, "both" + i, "{'by':'there'}");
      if (random.nextBoolean()) {
        filter.unregister();
        if (random.nextBoolean()) save(here, "late" + i, "{}");
        filter = framework.register(ReplicationFilter.class, memory, "name", "staff");
      } else {
        judge.unregister();
        if (random.nextBoolean()) save(there, "late" + i, "{}");
        judge =
            framework.register(ConflictResolver.class, Conflict::remoteDocument, "name", "judge");
      }
    }
    operator.join();
    registered.add(filter);
    registered.add(judge);
    Await.until(
        () -> "equally many: " + replicator().getStatus() + replicator().openWork(),
        () ->
            here.getDefaultCollection().getCount() == there.getDefaultCollection().getCount()
                && here.getDefaultCollection().getDocument("t1999") != null);
    becomeEqual(here, there);
    rests();
    for (String id : content(here).keySet())
      assertTrue(passed.contains(id), () -> id + " passed without being asked about");
    assertEquals(1, dials.size(), "one connection throughout");
    assertNull(hung(Notice.WAITING));
  }
}
