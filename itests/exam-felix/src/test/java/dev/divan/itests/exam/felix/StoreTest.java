// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.felix;

import static org.junit.Assert.assertEquals;

import dev.divan.database.Database;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Where a database is kept is changed while it is used. */
public class StoreTest extends InFelix {

  @Test
  public void aDatabaseMovesFromStoreToStoreAndItsUsersStay() throws Exception {
    node.configure("dev.divan.store.xodus", "first", Map.of());
    node.configure("dev.divan.store.mvstore", "second", Map.of());
    node.configure("dev.divan.store.memory", "third", Map.of());
    node.configure("dev.divan.database", "notes", Map.of("store", "first"));
    node.configure("dev.divan.database", "copy", Map.of("store", "third"));
    node.listen("door", "notes");
    node.configure(
        "dev.divan.replicator", "link", Map.of("database", "copy", "url", node.url("door")));
    Database notes = node.database("notes");
    String url = node.url("door");
    Node.save(notes, "first", "kept");
    node.awaitText("copy", "first", "kept");

    for (String store : List.of("second", "third", "first")) {
      node.configure("dev.divan.database", "notes", Map.of("store", store));
      node.service(Database.class, "(name=notes)(database.store=" + store + ")");

      assertEquals("what was there is there", "kept", Node.text(notes, "first"));
      Node.save(notes, "now", "in " + store);
      node.awaitText("copy", "now", "in " + store);
      assertEquals("the listener has not noticed", url, node.url("door"));
    }
  }
}
