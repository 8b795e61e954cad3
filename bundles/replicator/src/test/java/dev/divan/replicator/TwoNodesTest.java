// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import static dev.divan.replicator.testing.Nodes.assertEqual;
import static dev.divan.replicator.testing.Nodes.becomeEqual;
import static dev.divan.replicator.testing.Nodes.content;
import static dev.divan.replicator.testing.Nodes.delete;
import static dev.divan.replicator.testing.Nodes.rev;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.Run;
import dev.divan.replicator.testing.Tap;
import dev.divan.testkit.await.Await;
import dev.divan.transport.Dialer;
import dev.divan.transport.loopback.Impairment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TwoNodesTest {
  private final Nodes nodes = new Nodes();
  private final Database here = nodes.database("here");
  private final Database there = nodes.database("there");
  private final URLEndpoint endpoint = nodes.serve(there);
  private final Tap tap = new Tap(nodes.line());

  @AfterEach
  void close() {
    nodes.close();
  }

  private ReplicatorConfiguration configuration(ReplicatorType type) {
    return new ReplicatorConfiguration(endpoint)
        .addCollection(here.getDefaultCollection())
        .setType(type);
  }

  private ReplicatorConfiguration both() {
    return configuration(ReplicatorType.PUSH_AND_PULL);
  }

  private Run once(ReplicatorType type) {
    return nodes.start(configuration(type), tap).ends().withoutErrors();
  }

  private static void fill(Database database, String prefix, int count) {
    database.inBatch(
        () -> {
          for (int i = 0; i < count; i++)
            save(database, prefix + i, "{'n':" + i + ",'text':'some words to carry'}");
        });
  }

  @Test
  void anEmptyDatabaseMeetsAnEmptyOne() {
    once(ReplicatorType.PUSH_AND_PULL);
    assertEquals(Map.of(), content(there));
    assertEquals(0, nodes.session().received());
  }

  @Test
  void pushOnceCarriesAllAndPullsNothing() {
    fill(here, "a", 300);
    save(there, "theirs", "{}");
    Run run = once(ReplicatorType.PUSH);
    assertEquals(300, run.pushed().size());
    assertEquals(300, run.replicator().getStatus().progress().completed());
    assertEquals(301, content(there).size());
    assertEquals(300, content(here).size());
    Await.until(
        () -> "300, not " + nodes.session().received(), () -> nodes.session().received() == 300);
  }

  @Test
  void pullOnceCarriesAllAndPushesNothing() {
    fill(there, "a", 300);
    save(here, "ours", "{}");
    Run run = once(ReplicatorType.PULL);
    assertEquals(300, run.pulled().size());
    assertEquals(301, content(here).size());
    assertEquals(300, content(there).size());
  }

  @Test
  void bothHalvesCarryThousandsAtOnce() {
    fill(here, "a", 3000);
    fill(there, "b", 3000);
    once(ReplicatorType.PUSH_AND_PULL);
    assertEqual(here, there);
    assertEquals(6000, content(here).size());
  }

  @Test
  void updatesAndDeletionsFollow() {
    fill(here, "a", 50);
    once(ReplicatorType.PUSH_AND_PULL);
    save(here, "a1", "{'n':'changed here'}");
    save(there, "a2", "{'n':'changed there'}");
    delete(here, "a3");
    delete(there, "a4");
    once(ReplicatorType.PUSH_AND_PULL);
    assertEqual(here, there);
    assertNull(there.getDefaultCollection().getDocument("a3"));
    assertNull(here.getDefaultCollection().getDocument("a4"));
    assertTrue(rev(there, "a1").startsWith("2-"));
  }

  @Test
  void aDeletedDocumentMadeAnewFollows() {
    save(here, "a", "{'v':1}");
    once(ReplicatorType.PUSH_AND_PULL);
    delete(here, "a");
    once(ReplicatorType.PUSH_AND_PULL);
    save(here, "a", "{'v':2}");
    once(ReplicatorType.PUSH_AND_PULL);
    assertEqual(here, there);
    Document again = there.getDefaultCollection().getDocument("a");
    assertNotNull(again);
    assertEquals(2, again.getInt("v"));
  }

  @DisplayName("conformance 68, 80: more than anybody holds in memory, both ways at once")
  @Test
  void largeDocuments() {
    String text = "x".repeat(60_000);
    for (Database database : List.of(here, there))
      database.inBatch(
          () -> {
            for (int i = 0; i < 300; i++)
              save(database, database.getName() + i, "{'text':'" + text + "'}");
          });
    once(ReplicatorType.PUSH_AND_PULL);
    assertEquals(600, content(here).size());
    assertEqual(here, there);
  }

  @Test
  void aSlowLineIsSlowAndNothingElse() {
    fill(here, "a", 300);
    fill(there, "b", 300);
    saveBlob(here, "blob", new byte[300_000], "image/png");
    Dialer slow =
        nodes.line(
            Impairment.NONE.withLatency(Duration.ofMillis(2)).withJitter(Duration.ofMillis(3)));
    nodes.start(both(), slow).ends().withoutErrors();
    assertEqual(here, there);
    assertEquals(601, content(here).size());
  }

  @Test
  void aResolverThatNeverReturnsKeepsNobodyFromStopping() throws Exception {
    save(here, "a", "{'v':1}");
    save(there, "a", "{'v':2}");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    CollectionConfiguration collection =
        new CollectionConfiguration(here.getDefaultCollection())
            .setConflictResolver(
                conflict -> {
                  asked.countDown();
                  try {
                    released.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return conflict.remoteDocument();
                });
    Run run = nodes.start(new ReplicatorConfiguration(endpoint).addCollection(collection));
    Await.opens(asked, "the conflict at the resolver");
    run.replicator().stop();
    run.ends();
    released.countDown();
    assertTrue(content(here).get("a").contains("1"));
  }

  @Test
  void aDocumentEditedMoreOftenThanAnyHistoryIsLongFollows() {
    save(here, "a", "{'v':0}");
    once(ReplicatorType.PUSH_AND_PULL);
    for (int i = 1; i <= 120; i++) save(here, "a", "{'v':" + i + "}");
    once(ReplicatorType.PUSH_AND_PULL);
    assertEqual(here, there);
    for (int i = 1; i <= 120; i++) save(there, "a", "{'w':" + i + "}");
    once(ReplicatorType.PUSH_AND_PULL);
    assertEqual(here, there);
    assertTrue(rev(here, "a").startsWith("241-"), rev(here, "a"));
  }

  @Test
  void aDocumentDeletedOnBothSidesCanBeMadeAnewOnEither() {
    for (String id : List.of("a", "b")) save(here, id, "{'v':1}");
    once(ReplicatorType.PUSH_AND_PULL);
    for (String id : List.of("a", "b")) {
      save(here, id, "{'v':2}");
      delete(here, id);
      delete(there, id);
    }
    nodes.start(both(), tap).ends();
    nodes.start(both(), tap).ends();
    save(here, "a", "{'v':'again'}");
    save(there, "b", "{'v':'again'}");
    nodes.start(both(), tap).ends();
    nodes.start(both(), tap).ends();
    assertEqual(here, there);
    for (String id : List.of("a", "b"))
      assertNotNull(here.getDefaultCollection().getDocument(id), id);
  }

  @DisplayName("conformance 85: integers of 64 bits and the difference of 2 and 2.0 survive")
  @Test
  void numbersSurvive() {
    String json =
        "{'big':9223372036854775807,'odd':9007199254740993,'low':-9223372036854775808,"
            + "'unsigned':18446744073709551615,'two':2,'double':2.0}";
    save(here, "n", json);
    once(ReplicatorType.PUSH);
    save(there, "m", json);
    once(ReplicatorType.PULL);
    for (Database database : List.of(here, there))
      for (String id : List.of("n", "m")) {
        String content = content(database).get(id);
        for (String kept :
            List.of(
                "9223372036854775807",
                "9007199254740993",
                "-9223372036854775808",
                "18446744073709551615",
                "\"two\":2,",
                "\"double\":2.0")) assertTrue(content.contains(kept), content + " lacks " + kept);
      }
  }

  @DisplayName("conformance 86: document IDs of 1 to 240 bytes, of any characters")
  @Test
  void oddIds() {
    for (String id : List.of("x", "a b/c", "ä€𝄞", "x".repeat(240), "\"quoted\"", "[1]", "a,b;c"))
      save(here, id, "{'id':1}");
    once(ReplicatorType.PUSH);
    assertEqual(here, there);
    here.getDefaultCollection().purge("x");
    once(ReplicatorType.PULL);
  }

  @ParameterizedTest
  @EnumSource(ReplicatorType.class)
  void aSecondRunSendsNothing(ReplicatorType type) {
    fill(here, "a", 500);
    fill(there, "b", 500);
    once(type);
    int sent = tap.sent("rev");
    int received = tap.received("rev");
    once(type);
    assertEquals(sent, tap.sent("rev"));
    assertEquals(received, tap.received("rev"));
  }

  @Test
  void aSecondRunDoesNotEvenProposeWhatIsBehindTheCheckpoint() {
    fill(here, "a", 500);
    once(ReplicatorType.PUSH);
    int proposals = tap.sent("proposeChanges");
    once(ReplicatorType.PUSH);
    assertEquals(proposals, tap.sent("proposeChanges"));
  }

  @Test
  void startingWithAResetCheckpointSendsNoRevisionTwiceEither() {
    fill(here, "a", 100);
    fill(there, "b", 100);
    once(ReplicatorType.PUSH_AND_PULL);
    int sent = tap.sent("rev");
    int received = tap.received("rev");
    nodes.start(both(), tap, true).ends().withoutErrors();
    assertEquals(sent, tap.sent("rev"));
    assertEquals(received, tap.received("rev"));
    assertEqual(here, there);
  }

  @Test
  void whatWasPulledIsNotPushedBack() {
    fill(there, "b", 500);
    once(ReplicatorType.PUSH_AND_PULL);
    once(ReplicatorType.PUSH_AND_PULL);
    assertEquals(0, tap.sent("rev"));
  }

  @Test
  void continuousCarriesWhatHappensBothWays() {
    fill(here, "a", 100);
    fill(there, "b", 100);
    Run run = nodes.start(both().setContinuous(true), tap);
    becomeEqual(here, there);
    run.rests();
    for (int i = 0; i < 20; i++) {
      save(here, "live" + i, "{'i':" + i + "}");
      save(there, "life" + i, "{'i':" + i + "}");
    }
    becomeEqual(here, there);
    save(here, "live1", "{'i':'again'}");
    delete(there, "life1");
    becomeEqual(here, there);
    run.rests();
    assertEquals(240, content(here).size());
    run.withoutErrors();
    run.close();
    assertNull(run.replicator().getStatus().error());
  }

  @Test
  void aDocumentEditedFastOnOneSideArrivesInItsLastState() {
    Run run = nodes.start(both().setContinuous(true), tap);
    for (int i = 0; i < 300; i++)
      save(i % 2 == 0 ? here : there, "fast" + (i % 2), "{'i':" + i + "}");
    becomeEqual(here, there);
    run.rests();
    Document last = there.getDefaultCollection().getDocument("fast0");
    assertNotNull(last);
    assertEquals(298, last.getInt("i"));
  }

  @Test
  void documentsChangedDuringTheTransferArriveToo() throws Exception {
    fill(here, "a", 2000);
    fill(there, "b", 2000);
    Run run = nodes.start(both().setContinuous(true), tap);
    Thread editor =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                save(here, "a" + i * 7, "{'changed':" + i + "}");
                save(there, "b" + i * 9, "{'changed':" + i + "}");
              }
            });
    editor.start();
    editor.join();
    becomeEqual(here, there);
    run.rests();
  }

  @Test
  void twoClientsMeetAtOneListener() {
    Database third = nodes.database("third");
    fill(here, "a", 300);
    fill(third, "c", 300);
    Run one = nodes.start(both().setContinuous(true));
    Run other =
        nodes.start(
            new ReplicatorConfiguration(endpoint)
                .addCollection(third.getDefaultCollection())
                .setContinuous(true));
    becomeEqual(here, third);
    becomeEqual(here, there);
    delete(here, "c7");
    save(third, "a7", "{'by':'third'}");
    becomeEqual(here, third);
    assertEquals(600, content(here).size());
    one.rests();
    other.rests();
  }

  // Blobs.

  private static void saveBlob(Database database, String id, byte[] content, String type) {
    MutableDocument document = new MutableDocument(id).setValue("blob", new Blob(type, content));
    database.getDefaultCollection().save(document);
  }

  private static byte[] blob(Database database, String id) {
    Document document = database.getDefaultCollection().getDocument(id);
    assertNotNull(document, id);
    Blob blob = document.getBlob("blob");
    assertNotNull(blob, id);
    return blob.getContent();
  }

  @DisplayName("conformance 66, 78: blobs of all sizes, each fetched once")
  @ParameterizedTest
  @EnumSource(
      value = ReplicatorType.class,
      names = {"PUSH", "PULL"})
  void blobs(ReplicatorType type) {
    Database from = type.pushes() ? here : there;
    Database to = type.pushes() ? there : here;
    byte[] large = new byte[1 << 20];
    new Random(1).nextBytes(large);
    byte[] shared = new byte[70_000];
    saveBlob(from, "empty", new byte[0], "text/plain");
    saveBlob(from, "one", new byte[] {7}, "text/plain");
    saveBlob(from, "large", large, "image/jpeg");
    for (int i = 0; i < 40; i++) saveBlob(from, "shared" + i, shared, "application/json");
    once(type);
    assertEqual(here, there);
    assertArrayEquals(new byte[0], blob(to, "empty"));
    assertArrayEquals(new byte[] {7}, blob(to, "one"));
    assertArrayEquals(large, blob(to, "large"));
    assertArrayEquals(shared, blob(to, "shared39"));
    int fetched = tap.received("getAttachment") + tap.sent("getAttachment");
    assertEquals(4, fetched);
  }

  // Choices.

  @Test
  void filtersDecideWhatGoes() {
    fill(here, "a", 10);
    fill(there, "b", 10);
    CollectionConfiguration filtered =
        new CollectionConfiguration(here.getDefaultCollection())
            .setPushFilter((document, flags, peer) -> document.getInt("n") < 3)
            .setPullFilter((document, flags, peer) -> document.getInt("n") >= 7);
    nodes
        .start(new ReplicatorConfiguration(endpoint).addCollection(filtered), tap)
        .ends()
        .withoutErrors();
    assertEquals(13, content(there).size());
    assertEquals(13, content(here).size());
    assertNotNull(there.getDefaultCollection().getDocument("a2"));
    assertNotNull(here.getDefaultCollection().getDocument("b7"));
  }

  @Test
  void filtersSeeDeletionsAsSuch() {
    fill(here, "a", 3);
    once(ReplicatorType.PUSH);
    delete(here, "a1");
    Map<String, Set<DocumentFlag>> seen = new ConcurrentHashMap<>();
    CollectionConfiguration filtered =
        new CollectionConfiguration(here.getDefaultCollection())
            .setPushFilter(
                (document, flags, peer) -> {
                  seen.put(document.getId(), flags);
                  return !flags.contains(DocumentFlag.DELETED);
                });
    nodes.start(new ReplicatorConfiguration(endpoint).addCollection(filtered), tap).ends();
    assertEquals(Map.of("a1", Set.of(DocumentFlag.DELETED)), seen);
    assertNotNull(there.getDefaultCollection().getDocument("a1"));
  }

  @Test
  void aFilterThatFailsStopsItsDocumentOnly() {
    fill(here, "a", 3);
    fill(there, "b", 3);
    ReplicationFilter failing =
        (document, flags, peer) -> {
          if (document.getInt("n") == 1) throw new IllegalStateException("no opinion");
          if (document.getInt("n") == 2) throw new StackOverflowError("even worse");
          return true;
        };
    CollectionConfiguration filtered =
        new CollectionConfiguration(here.getDefaultCollection())
            .setPushFilter(failing)
            .setPullFilter(failing);
    Run run =
        nodes.start(new ReplicatorConfiguration(endpoint).addCollection(filtered), tap).ends();
    for (String id : List.of("a1", "b1", "a2", "b2")) assertNotNull(run.error(id));
    assertNotNull(there.getDefaultCollection().getDocument("a0"));
    assertNotNull(here.getDefaultCollection().getDocument("b0"));
    assertNull(there.getDefaultCollection().getDocument("a1"));
    assertNull(here.getDefaultCollection().getDocument("b2"));
  }

  @Test
  void onlyTheDocumentsThatAreNamed() {
    fill(here, "a", 10);
    fill(there, "b", 10);
    CollectionConfiguration some =
        new CollectionConfiguration(here.getDefaultCollection())
            .setDocumentIDs(List.of("a1", "b2", "unheard"));
    nodes.start(new ReplicatorConfiguration(endpoint).addCollection(some), tap).ends();
    assertEquals(11, content(here).size());
    assertEquals(11, content(there).size());
    assertNotNull(here.getDefaultCollection().getDocument("b2"));
    assertNotNull(there.getDefaultCollection().getDocument("a1"));
  }

  @DisplayName("conformance 51, 53: several collections, each for itself")
  @Test
  void severalCollections() {
    Map<String, Integer> sizes = new TreeMap<>(Map.of("things", 30, "inventory", 20));
    PassiveConfiguration shared =
        new PassiveConfiguration(
            List.of(
                there.getDefaultCollection(),
                there.createCollection("inventory", "_default"),
                there.createCollection("things", "scope")),
            false,
            true);
    Collection inventory = here.createCollection("inventory", "_default");
    Collection things = here.createCollection("things", "scope");
    fill(here, "a", 10);
    sizes.forEach(
        (name, size) -> {
          for (int i = 0; i < size; i++)
            save(name.equals("things") ? things : inventory, "doc" + i, "{'in':'" + name + "'}");
        });
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(nodes.serve(shared))
            .addCollection(things)
            .addCollection(here.getDefaultCollection())
            .addCollection(inventory);
    nodes.start(configuration, tap).ends().withoutErrors();
    for (Collection collection : shared.collections()) {
      Collection ours = here.getCollection(collection.getName(), collection.getScope().getName());
      assertNotNull(ours);
      assertEquals(content(ours), content(collection));
    }
    assertEquals(30, content(things).size());
    int sent = tap.sent("rev");
    nodes.start(configuration, tap).ends();
    assertEquals(sent, tap.sent("rev"));
  }

  @Test
  void aCollectionThatIsNotSharedStopsTheRun() {
    ReplicatorConfiguration configuration =
        both().addCollection(here.createCollection("secret", "scope"));
    nodes.start(configuration, tap).fails(ReplicatorException.Domain.HTTP, 404);
  }

  @DisplayName("conformance 81: a read-only listener is pulled from, not pushed to")
  @Test
  void readOnly() {
    fill(there, "b", 10);
    URLEndpoint readOnly =
        nodes.serve(new PassiveConfiguration(List.of(there.getDefaultCollection()), true, false));
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(readOnly).addCollection(here.getDefaultCollection());
    nodes.start(configuration, tap).ends().withoutErrors();
    assertEqual(here, there);
    save(here, "mine", "{}");
    nodes.start(configuration, tap).fails(ReplicatorException.Domain.HTTP, 403);
    assertFalse(content(there).containsKey("mine"));
  }

  @Test
  void tellsWhatIsPending() {
    fill(here, "a", 3);
    Run run = once(ReplicatorType.PUSH_AND_PULL);
    Replicator replicator = run.replicator();
    assertEquals(Set.of(), replicator.getPendingDocumentIds(here.getDefaultCollection()));
    save(here, "a1", "{}");
    assertEquals(Set.of("a1"), replicator.getPendingDocumentIds(here.getDefaultCollection()));
    assertTrue(replicator.isDocumentPending("a1", here.getDefaultCollection()));
    assertFalse(replicator.isDocumentPending("a2", here.getDefaultCollection()));
  }

  @Test
  void closingADatabaseStopsWhatHangsOnIt() {
    fill(here, "a", 100);
    Run run = nodes.start(both().setContinuous(true), tap);
    becomeEqual(here, there);
    here.close();
    run.stops();
  }

  @Test
  void aReplicatorCanBeStartedAgain() {
    Run run = once(ReplicatorType.PUSH_AND_PULL);
    save(here, "later", "{}");
    run.replicator().start();
    run.ends();
    assertEqual(here, there);
  }
}
