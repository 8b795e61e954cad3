// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static dev.divan.replicator.testing.Nodes.becomeEqual;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Authenticator;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Database;
import dev.divan.instance.Notice;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.testkit.await.Await;
import dev.divan.transport.Dialer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** A configured replicator: what it waits for, what a change costs, what it says. */
class ReplicatorInstanceTest extends Site {
  private static final ReplicationFilter ALL = (document, flags, peer) -> true;

  @Test
  void runsWhenTheLastOfItsNeedsArrivesInWhateverOrder() {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      activate(
          "authenticator", "hq", "pushFilter", "out", "pullFilter", "in", "conflictResolver", "c");
      List<Runnable> arrivals =
          new ArrayList<>(
              List.of(
                  this::database,
                  this::transport,
                  () -> register(Authenticator.class, new Authenticator() {}, "name", "hq"),
                  () -> register(ReplicationFilter.class, ALL, "name", "out"),
                  () -> register(ReplicationFilter.class, ALL, "name", "in"),
                  () -> register(ConflictResolver.class, conflict -> null, "name", "c")));
      Collections.shuffle(arrivals, random);
      for (Runnable arrival : arrivals) {
        assertNull(service());
        assertTrue(hung(Notice.WAITING).startsWith("waits for "));
        arrival.run();
      }
      rests();
      assertNull(hung(Notice.WAITING));
      instance.deactivate();
      registered.forEach(Site::gone);
      registered.clear();
    }
    assertEquals(20, dials.size());
  }

  @Test
  void isAServiceWithThePropertiesThatWerePromised() {
    surroundings();
    activate("headers", "Cookie: secret", "zone", "north");
    ServiceReference<Replicator> service = service();
    assertEquals("site-b", service.getProperty("name"));
    assertEquals("here", service.getProperty("database.name"));
    assertEquals(endpoint.url().toString(), service.getProperty("replicator.url"));
    assertEquals("north", service.getProperty("zone"));
    assertNull(service.getProperty("headers"), "they may hold a secret");
    Await.until(
        () -> "IDLE, not " + service.getProperty("replicator.activity"),
        () -> "IDLE".equals(service.getProperty("replicator.activity")));
    replicator().stop();
    Await.until(
        () -> "STOPPED, not " + service.getProperty("replicator.activity"),
        () -> "STOPPED".equals(service.getProperty("replicator.activity")));
  }

  @Test
  void leavesWithItsDatabaseAndComesBackWithIt() {
    surroundings();
    activate();
    rests();
    registered.get(0).unregister();
    assertNull(service());
    assertEquals("waits for database (name=here)", hung(Notice.WAITING));
    database();
    rests();
    assertEquals(2, dials.size());
  }

  @Test
  void aHotChangeKeepsServiceAndSession() {
    surroundings();
    register(ReplicationFilter.class, ALL, "name", "a");
    register(Authenticator.class, new Authenticator() {}, "name", "hq");
    activate();
    rests();
    ServiceReference<Replicator> before = service();
    Map<String, Object> hot =
        Map.of(
            "headers",
            "Cookie: a=b",
            "heartbeat",
            77,
            "maxAttempts",
            5,
            "maxAttemptWaitTime",
            9,
            "pushFilter",
            "a",
            "pullFilter",
            "a",
            "authenticator",
            "hq",
            "acceptOnlySelfSignedServerCertificate",
            true,
            "autostart",
            false);
    Map<String, Object> next = new HashMap<>(properties());
    for (Map.Entry<String, Object> each : hot.entrySet()) {
      next.put(each.getKey(), each.getValue());
      instance.modified(next);
      assertEquals(before, service(), each::getKey);
    }
    save(here, "a", "{}");
    arrives("a");
    assertEquals(77, replicator().getConfiguration().getHeartbeat().toSeconds());
    assertEquals(77, service().getProperty("heartbeat"));
    assertEquals(1, dials.size());
  }

  @Test
  void whatIsAskedWhileConnectingCountsForTheNextConnection() {
    surroundings();
    activate();
    rests();
    instance.modified(properties("headers", "Cookie: a=b", "heartbeat", 77));
    replicator().stop();
    Await.until(
        () -> "stopped",
        () -> replicator().getStatus().activityLevel() == ReplicatorActivityLevel.STOPPED);
    replicator().start();
    rests();
    assertEquals(Map.of(), dials.get(0).headers());
    assertEquals(Map.of("Cookie", "a=b"), dials.get(1).headers());
    assertEquals(77, dials.get(1).heartbeat().toSeconds());
  }

  @Test
  void aSessionChangeResumesFromTheCheckpoint() {
    surroundings();
    activate();
    save(here, "a", "{}");
    arrives("a");
    rests();
    ServiceReference<Replicator> before = service();
    instance.modified(properties("type", "push"));
    assertNotEquals(before, service());
    rests();
    assertEquals(0, replicator().getStatus().progress().total());
    assertEquals(2, dials.size());
  }

  @Test
  void aChangeToAFilterThatIsNotThereHoldsUntilItIs() {
    surroundings();
    activate();
    rests();
    instance.modified(properties("pushFilter", "staff"));
    assertEquals("waits for pushFilter (name=staff)", hung(Notice.WAITING));
    save(here, "a", "{}");
    Await.until(
        () -> "held: " + replicator().openWork(),
        () -> replicator().openWork().toString().contains("there is no pushFilter (name=staff)"));
    assertNull(there.getDefaultCollection().getDocument("a"), "never by the old configuration");
    register(ReplicationFilter.class, ALL, "name", "staff");
    arrives("a");
    assertNull(hung(Notice.WAITING));
    assertEquals(1, dials.size());
  }

  @Test
  void theDatabaseThatGoesWhileAFilterIsAwayEndsTheSession() {
    surroundings();
    activate();
    rests();
    instance.modified(properties("pushFilter", "staff"));
    registered.get(0).unregister();
    assertNull(service());
    assertEquals("waits for database (name=here), pushFilter (name=staff)", hung(Notice.WAITING));
    database();
    assertNull(service(), "it does not begin without its filter");
    register(ReplicationFilter.class, ALL, "name", "staff");
    rests();
    assertEquals(2, dials.size());
  }

  @Test
  void aFaultyChangeLeavesItAsItWasAndIsSaid() {
    surroundings();
    activate();
    rests();
    instance.modified(properties("heartbeat", "often"));
    assertEquals(
        "dev.divan.replicator site-b: heartbeat is a number from 0 to 86400, not \"often\";"
            + " it runs on as configured before",
        hung(Notice.REFUSED));
    rests();
    instance.modified(properties("heartbeat", "60"));
    assertNull(hung(Notice.REFUSED));
    assertEquals(1, dials.size());
  }

  @Test
  void aFaultyConfigurationIsRefusedByPropertyName() {
    surroundings();
    Map<Map<String, Object>, String> faulty =
        Map.of(
            properties("database", ""), "database is missing",
            properties("url", ""), "url is missing",
            properties("url", "http://host/db"), "url cannot be used: peers speak WebSocket",
            properties("type", "sideways"), "type is one of push_and_pull",
            properties("continuous", "often"), "continuous is true or false",
            properties("headers", "secret"), "headers are name: value",
            properties("pushFilter", "a", "pushFilter.target", "(a=b)"), "pushFilter and",
            properties("pinnedServerCertificate", "?"), "pinnedServerCertificate cannot be read",
            properties("trustedCertificates", "?"), "trustedCertificates cannot be read");
    faulty.forEach(
        (configuration, words) -> {
          activate(configuration);
          String sentence = hung(Notice.REFUSED);
          assertTrue(sentence.startsWith("dev.divan.replicator site-b: " + words), sentence);
          assertTrue(!sentence.contains("secret"), sentence);
          instance.deactivate();
        });
  }

  @Test
  void aDatabaseMayCloseBeforeItsServiceGoes() {
    ServiceRegistration<Database> database = database();
    transport();
    activate();
    rests();
    here.close();
    instance.modified(properties("heartbeat", "60"));
    assertEquals("cannot run: database is closed: here", hung(Notice.WAITING));
    assertNull(service());
    database.unregister();
    assertEquals("waits for database (name=here)", hung(Notice.WAITING));
  }

  @Test
  void anAuthenticatorThatIsAwayIsWaitedFor() {
    surroundings();
    ServiceRegistration<Authenticator> hq =
        register(Authenticator.class, new Authenticator() {}, "name", "hq");
    activate("authenticator", "hq", "autostart", false, "maxAttemptWaitTime", 300);
    hq.unregister();
    replicator().start();
    Await.until(
        () -> "offline, not " + replicator().getStatus(),
        () -> replicator().getStatus().activityLevel() == ReplicatorActivityLevel.OFFLINE);
    assertEquals("waits for authenticator (name=hq)", hung(Notice.WAITING));
    assertEquals(
        "there is no authenticator (name=hq)", replicator().getStatus().error().getMessage());
    register(Authenticator.class, new Authenticator() {}, "name", "hq");
    rests();
    assertNull(hung(Notice.WAITING));
    assertEquals(1, dials.size());
  }

  @Test
  void oneThatHasGivenUpTriesAgainWhenTheReasonMayBeMended() {
    database();
    List<String> seen = new ArrayList<>();
    register(
        Dialer.class,
        request -> {
          seen.add(request.headers().toString());
          throw new IllegalArgumentException("refused");
        },
        "schemes",
        "loopback");
    activate();
    Await.until(
        () -> "stopped", () -> replicator().getStatus().error() != null && seen.size() == 1);
    Await.until(
        () -> "stopped",
        () -> replicator().getStatus().activityLevel() == ReplicatorActivityLevel.STOPPED);
    instance.modified(properties("headers", "Cookie: a=b"));
    Await.until(() -> "another try", () -> seen.size() == 2);
    assertEquals("{Cookie=a=b}", seen.get(1));
  }

  @Test
  void everyPartOfAChangeIsTold() {
    assertEquals(
        List.of(
            "type PUSH → PULL (session: it ends in good order, the next one resumes from the"
                + " checkpoint)",
            "headers [A] → [A, B] (hot: counts for the next connection, the session stays)",
            "heartbeat 300 s → 9 s (hot: counts for the next connection, the session stays)",
            "pushFilter none → (name=x) (hot: counts at once, the session stays)"),
        changes(
                properties("type", "push", "headers", "A: secret"),
                properties(
                    "type",
                    "pull",
                    "headers",
                    "A: secret, B: 2",
                    "heartbeat",
                    9,
                    "pushFilter",
                    "x"))
            .lines()
            .stream()
            .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
            .toList());
    assertEquals(
        new Changes(false, List.of()),
        changes(properties(), properties("type", "push_and_pull", "heartbeat", "300")));
  }

  @Test
  void authoritiesAreToldEvenWhileAPinBeatsThem() throws Exception {
    String root = Path.of(getClass().getResource("/certificates/root.pem").toURI()).toString();
    String pin = "ab".repeat(32);
    String url = "wss://127.0.0.1:4984/notes";
    List<String> lines =
        changes(
                properties("url", url, "pinnedServerCertificate", pin),
                properties("url", url, "pinnedServerCertificate", pin, "trustedCertificates", root))
            .lines();
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).startsWith("trustedCertificates [] → ["), lines::toString);
  }

  @Test
  void whoIsToBeRecognisedIsNotDialledInClear() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    said(
                        properties(
                            "url",
                            "ws://127.0.0.1:4984/notes",
                            "pinnedServerCertificate",
                            "ab".repeat(32))))
            .getMessage();
    assertTrue(message.contains("pinnedServerCertificate needs a url with wss://"), message);
  }

  private static int rank(String line) {
    return List.of("type", "headers", "heartbeat", "pushFilter")
        .indexOf(line.substring(0, line.indexOf(' ')));
  }

  private static Changes changes(Map<String, Object> before, Map<String, Object> after) {
    return Changes.between(said(before), said(after));
  }

  private static Map<String, Object> said(Map<String, Object> properties) {
    return new ReplicatorSettings(new dev.divan.instance.Settings("x", properties)).said();
  }

  @Test
  void theDatabaseThatComesBackAsAnotherIsAnotherReplicator() {
    surroundings();
    activate();
    rests();
    ServiceReference<Replicator> before = service();
    Database other = nodes.database("other");
    var better = register(Database.class, other, "name", "here", "service.ranking", 5);
    assertEquals(before, service(), "it keeps the one it has");
    registered.get(0).unregister();
    save(other, "a", "{}");
    becomeEqual(other, there);
    better.unregister();
    assertNull(service());
  }
}
