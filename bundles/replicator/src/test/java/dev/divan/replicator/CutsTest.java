// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import static dev.divan.replicator.testing.Nodes.assertEqual;
import static dev.divan.replicator.testing.Nodes.becomeEqual;
import static dev.divan.replicator.testing.Nodes.content;
import static dev.divan.replicator.testing.Nodes.delete;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.MutableDocument;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.Run;
import dev.divan.replicator.testing.Tap;
import dev.divan.transport.loopback.Impairment;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that break, at every moment. */
class CutsTest {
  private static final long SEED = 20260801;

  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() {
    nodes.close();
  }

  private static ReplicatorConfiguration configuration(URLEndpoint endpoint, Database here) {
    return new ReplicatorConfiguration(endpoint)
        .addCollection(here.getDefaultCollection())
        .setMaxAttempts(1);
  }

  private static void fill(Database database, String prefix, int count) {
    database.inBatch(
        () -> {
          for (int i = 0; i < count; i++) save(database, prefix + i, "{'n':" + i + "}");
        });
  }

  private static void saveBlob(Database database, String id, int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    database
        .getDefaultCollection()
        .save(new MutableDocument(id).setValue("blob", new Blob("image/png", content)));
  }

  @DisplayName("a connection that breaks at the n-th frame loses nothing, for every n")
  @Test
  void cutAtEveryFrame() {
    int uncut = 0;
    for (int n = 1; uncut == 0; n += n < 40 ? 1 : 7) {
      Database here = nodes.database("here" + n);
      Database there = nodes.database("there" + n);
      fill(here, "a", 60);
      fill(there, "b", 60);
      saveBlob(here, "ablob", 40_000, 1);
      saveBlob(there, "bblob", 40_000, 2);
      saveBlob(there, "bblob2", 40_000, 2);
      URLEndpoint endpoint = nodes.serve(there);
      ReplicatorStatus cut =
          nodes
              .start(
                  configuration(endpoint, here),
                  nodes.line(Impairment.NONE.withCutAfter(n).withSeed(SEED)))
              .stops();
      if (cut.error() == null) uncut = n;
      save(here, "between", "{'n':" + n + "}");
      delete(there, "b3");
      Tap tap = new Tap(nodes.line());
      nodes.start(configuration(endpoint, here), tap).ends().withoutErrors();
      assertEqual(here, there);
      assertEquals(123 + 1, content(here).size());
      int sent = tap.sent("rev");
      nodes.start(configuration(endpoint, here), tap).ends();
      assertEquals(sent, tap.sent("rev"), "sent twice after a cut at " + n);
      here.close();
      there.close();
    }
    assertTrue(uncut > 20, "the whole takes " + uncut + " frames");
  }

  @Test
  void whatWasAcknowledgedBeforeTheCutIsNotSentAgain() {
    Database here = nodes.database("here");
    Database there = nodes.database("there");
    fill(here, "a", 1000);
    URLEndpoint endpoint = nodes.serve(there);
    nodes
        .start(configuration(endpoint, here), nodes.line(Impairment.NONE.withCutAfter(1500)))
        .stops();
    int arrived = content(there).size();
    Tap tap = new Tap(nodes.line());
    nodes.start(configuration(endpoint, here), tap).ends().withoutErrors();
    assertEqual(here, there);
    assertEquals(1000 - arrived, tap.sent("rev"));
  }

  @Test
  void aContinuousReplicatorComesBackByItself() {
    Database here = nodes.database("here");
    Database there = nodes.database("there");
    fill(here, "a", 200);
    URLEndpoint endpoint = nodes.serve(there);
    Run run =
        nodes.start(
            configuration(endpoint, here)
                .setContinuous(true)
                .setMaxAttempts(0)
                .setMaxAttemptWaitTime(java.time.Duration.ofSeconds(1)));
    becomeEqual(here, there);
    nodes.session().close(4001, "back soon");
    run.reaches(ReplicatorActivityLevel.OFFLINE);
    save(here, "offline", "{}");
    save(there, "alone", "{}");
    becomeEqual(here, there);
    run.rests();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("divan.soak.seeds", 6));
  }

  /** Edits on both sides, cuts, conflicts, deletions, blobs; one seed each. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensBothSidesEndUpEqual(long seed) {
    Random random = new Random(seed);
    int documents = seed % 3 == 0 ? 2 : 40;
    Database here = nodes.database("here");
    Database there = nodes.database("there");
    URLEndpoint endpoint = nodes.serve(there);
    for (int round = 0; round < 25; round++) {
      // Some seeds edit few documents very often: deeper than any history.
      edit(here, random, (1 + random.nextInt(12)) * (documents == 2 ? 12 : 1), documents);
      edit(there, random, (1 + random.nextInt(12)) * (documents == 2 ? 12 : 1), documents);
      ReplicatorConfiguration configuration = configuration(endpoint, here);
      switch (random.nextInt(4)) {
        case 0 ->
            nodes
                .start(
                    configuration,
                    nodes.line(Impairment.NONE.withCutAfter(1 + random.nextInt(80)).withSeed(seed)))
                .stops();
        case 1 -> {
          Run run = nodes.start(configuration);
          edit(here, random, 5, documents);
          edit(there, random, 5, documents);
          run.ends();
        }
        case 2 -> {
          Run run =
              nodes.start(
                  configuration.setContinuous(true),
                  nodes.line(Impairment.NONE.withLoss(0.01).withSeed(seed * 31 + round)));
          edit(here, random, 15, documents);
          edit(there, random, 15, documents);
          run.close();
        }
        default -> nodes.start(configuration.setType(type(random))).ends();
      }
    }
    for (int i = 0; i < 4; i++) nodes.start(configuration(endpoint, here)).ends();
    assertEquals(content(here), content(there));
    Tap tap = new Tap(nodes.line());
    nodes.start(configuration(endpoint, here), tap).ends().withoutErrors();
    assertEquals(0, tap.sent("rev") + tap.received("rev"));
  }

  private static ReplicatorType type(Random random) {
    return List.of(ReplicatorType.values()).get(random.nextInt(3));
  }

  private static void edit(Database database, Random random, int times, int documents) {
    Collection collection = database.getDefaultCollection();
    for (int i = 0; i < times; i++) {
      String id = "doc" + random.nextInt(documents);
      switch (random.nextInt(8)) {
        case 0 -> {
          var document = collection.getDocument(id);
          if (document != null) collection.delete(document);
        }
        case 1 -> {
          var document = collection.getDocument(id);
          MutableDocument changed =
              document == null ? new MutableDocument(id) : document.toMutable();
          byte[] content = new byte[1 + random.nextInt(5000)];
          random.nextBytes(content);
          collection.save(changed.setValue("blob", new Blob("image/png", content)));
        }
        default -> save(database, id, "{'v':" + random.nextInt() + "}");
      }
    }
  }
}
