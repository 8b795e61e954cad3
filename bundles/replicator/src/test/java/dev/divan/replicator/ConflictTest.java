// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import static dev.divan.replicator.testing.Nodes.assertEqual;
import static dev.divan.replicator.testing.Nodes.becomeEqual;
import static dev.divan.replicator.testing.Nodes.content;
import static dev.divan.replicator.testing.Nodes.delete;
import static dev.divan.replicator.testing.Nodes.rev;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Conflict;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Database;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.Run;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConflictTest {
  private final Nodes nodes = new Nodes();
  private final Database here = nodes.database("here");
  private final Database there = nodes.database("there");
  private final URLEndpoint endpoint = nodes.serve(there);
  private final List<Conflict> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    nodes.close();
  }

  private ReplicatorConfiguration configuration(@Nullable ConflictResolver resolver) {
    return new ReplicatorConfiguration(endpoint)
        .addCollection(
            new CollectionConfiguration(here.getDefaultCollection())
                .setConflictResolver(
                    resolver == null
                        ? null
                        : conflict -> {
                          seen.add(conflict);
                          return resolver.resolve(conflict);
                        }));
  }

  /** Twice: what a resolution makes may go out only in the next session. */
  private void meet(@Nullable ConflictResolver resolver) {
    for (int i = 0; i < 2; i++) nodes.start(configuration(resolver)).ends();
    assertEqual(here, there);
  }

  private void differ() {
    save(here, "doc", "{'v':'base'}");
    nodes.start(configuration(null)).ends();
    save(here, "doc", "{'v':'ours'}");
    save(there, "doc", "{'v':'theirs'}");
  }

  private String value() {
    Document document = there.getDefaultCollection().getDocument("doc");
    assertNotNull(document);
    return String.valueOf(document.getString("v"));
  }

  @DisplayName(
      "conformance 82, 83: by default the higher generation wins; if theirs, it is adopted")
  @Test
  void defaultRuleTheirs() {
    differ();
    save(there, "doc", "{'v':'theirs again'}");
    String remote = rev(there, "doc");
    meet(null);
    assertEquals("theirs again", value());
    assertEquals(remote, rev(here, "doc"));
  }

  @Test
  void listenersAreToldThatAConflictWasResolved() {
    differ();
    Run run = nodes.start(configuration(null)).ends();
    assertEquals(
        List.of(Set.of(DocumentFlag.CONFLICT)),
        run.pulled().stream().map(ReplicatedDocument::flags).toList());
    save(there, "doc", "{'v':'later'}");
    run = nodes.start(configuration(null)).ends();
    assertEquals(List.of(Set.of()), run.pulled().stream().map(ReplicatedDocument::flags).toList());
  }

  @DisplayName("conformance 82, 83: if ours wins, it is pushed as child of the remote revision")
  @Test
  void defaultRuleOurs() {
    differ();
    save(here, "doc", "{'v':'ours again'}");
    meet(null);
    assertEquals("ours again", value());
    assertTrue(rev(here, "doc").startsWith("3-"), rev(here, "doc"));
    assertTrue(
        Nodes.replica(there.getDefaultCollection())
            .read("doc", null)
            .history()
            .get(0)
            .startsWith("2-"));
  }

  @DisplayName("conformance 82: by default a deletion wins, ours or theirs")
  @Test
  void defaultRuleDeletions() {
    differ();
    save(here, "doc", "{'v':'ours again'}");
    delete(there, "doc");
    meet(null);
    assertNull(there.getDefaultCollection().getDocument("doc"));
    save(here, "other", "{}");
    nodes.start(configuration(null)).ends();
    delete(here, "other");
    save(there, "other", "{'v':1}");
    meet(null);
    assertNull(there.getDefaultCollection().getDocument("other"));
  }

  @Test
  void aResolverSeesBothSides() {
    differ();
    meet(Conflict::remoteDocument);
    Conflict conflict = seen.get(0);
    assertEquals("doc", conflict.documentID());
    assertNotNull(conflict.localDocument());
    assertNotNull(conflict.remoteDocument());
    assertEquals("ours", conflict.localDocument().getString("v"));
    assertEquals("theirs", conflict.remoteDocument().getString("v"));
    assertEquals(1, seen.size());
  }

  @DisplayName("conformance 83: the resolver chooses the remote document; nothing is pushed")
  @Test
  void remote() {
    differ();
    String remote = rev(there, "doc");
    meet(Conflict::remoteDocument);
    assertEquals("theirs", value());
    assertEquals(remote, rev(here, "doc"));
  }

  @DisplayName("conformance 83: the resolver chooses the local document")
  @Test
  void local() {
    differ();
    meet(Conflict::localDocument);
    assertEquals("ours", value());
  }

  @DisplayName("conformance 83: the resolver merges")
  @Test
  void merged() {
    differ();
    meet(
        conflict ->
            new MutableDocument("doc")
                .setValue(
                    "v",
                    conflict.localDocument().getString("v")
                        + "+"
                        + conflict.remoteDocument().getString("v")));
    assertEquals("ours+theirs", value());
    assertTrue(rev(there, "doc").startsWith("3-"));
  }

  @DisplayName("conformance 83: the resolver returns null: deleted")
  @Test
  void deleted() {
    differ();
    meet(conflict -> null);
    assertNull(there.getDefaultCollection().getDocument("doc"));
    assertTrue(content(there).get("doc").startsWith("3-"));
  }

  @Test
  void aResolverSeesADeletionAsNull() {
    differ();
    delete(there, "doc");
    meet(Conflict::localDocument);
    assertNull(seen.get(0).remoteDocument());
    assertEquals("ours", value());
  }

  @Test
  void aResolverThatFailsLeavesTheConflictForTheNextTime() {
    leavesTheConflict(
        conflict -> {
          throw new IllegalStateException("no opinion");
        });
    meet(Conflict::localDocument);
    assertEquals("ours", value());
  }

  @Test
  void aResolverThatFailsBadlyDoesSoToo() {
    leavesTheConflict(
        conflict -> {
          throw new StackOverflowError("recursion without end");
        });
    meet(Conflict::remoteDocument);
    assertEquals("theirs", value());
  }

  private void leavesTheConflict(ConflictResolver failing) {
    differ();
    Run run = nodes.start(configuration(failing)).ends();
    assertNotNull(run.error("doc"));
    assertTrue(content(here).get("doc").contains("ours"));
    assertTrue(content(there).get("doc").contains("theirs"));
  }

  @Test
  void aResolverThatReturnsAnotherDocumentIsWrong() {
    differ();
    Run run = nodes.start(configuration(conflict -> new MutableDocument("another"))).ends();
    assertNotNull(run.error("doc"));
    assertTrue(content(here).get("doc").contains("ours"));
  }

  @Test
  void aDocumentThatChangesUnderTheResolverIsAskedAboutAgain() {
    differ();
    AtomicInteger rounds = new AtomicInteger();
    meet(
        conflict -> {
          if (rounds.incrementAndGet() == 1) save(here, "doc", "{'v':'meanwhile'}");
          return conflict.localDocument();
        });
    assertEquals("meanwhile", value());
    assertEquals(2, rounds.get());
  }

  @Test
  void continuousReplicatorsSettleConflictsToo() {
    Run run = nodes.start(configuration(Conflict::localDocument).setContinuous(true));
    run.rests();
    for (int i = 0; i < 30; i++) {
      save(here, "doc" + i % 3, "{'v':'ours" + i + "'}");
      save(there, "doc" + i % 3, "{'v':'theirs" + i + "'}");
    }
    becomeEqual(here, there);
    run.rests();
    assertEqual(here, there);
  }

  @DisplayName("conformance 84: a switch of the remote branch is adopted where nothing was edited")
  @Test
  void branchSwitch() {
    save(there, "doc", "{'v':1}");
    nodes.start(configuration(null)).ends();
    there.getDefaultCollection().purge("doc");
    save(there, "doc", "{'v':'another root'}");
    meet(
        conflict -> {
          throw new AssertionError("nothing to resolve");
        });
    assertEquals("another root", value());
    assertEquals(List.of(), seen);
  }
}
