// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.felix;

import dev.divan.database.Conflict;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Document;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;

/** Two sides have changed the same document, and a resolver of the test decides. */
public class ConflictTest extends InFelix {
  @Before
  public void twoSidesThatDisagree() throws Exception {
    node.configure("dev.divan.store.memory", "heap", Map.of());
    node.configure("dev.divan.database", "notes", Map.of());
    node.configure("dev.divan.database", "copy", Map.of());
    node.listen("door", "notes");
    Node.save(node.database("notes"), "list", "milk");
    Node.save(node.database("copy"), "list", "bread");
  }

  @Test
  public void theResolverThatTheReplicatorNamesDecides() throws Exception {
    node.register(ConflictResolver.class, ConflictTest::both, Map.of("name", "both"));
    node.configure(
        "dev.divan.replicator",
        "link",
        Map.of("database", "copy", "url", node.url("door"), "conflictResolver", "both"));

    node.awaitText("copy", "list", "bread, milk");
    node.awaitText("notes", "list", "bread, milk");
  }

  @Test
  public void aResolverThatNamesItsReplicatorsDecides() throws Exception {
    node.register(
        ConflictResolver.class,
        ConflictTest::both,
        Map.of("replicator.target", "(database.name=copy)"));
    node.configure(
        "dev.divan.replicator", "link", Map.of("database", "copy", "url", node.url("door")));

    node.awaitText("copy", "list", "bread, milk");
    node.awaitText("notes", "list", "bread, milk");
  }

  /** The same from either side, as it must be. */
  private static Document both(Conflict conflict) {
    String text =
        Stream.of(conflict.localDocument(), conflict.remoteDocument())
            .map(document -> document.getString("text"))
            .sorted()
            .collect(Collectors.joining(", "));
    return conflict.localDocument().toMutable().setString("text", text);
  }
}
