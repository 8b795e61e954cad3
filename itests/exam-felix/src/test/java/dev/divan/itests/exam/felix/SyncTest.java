// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.felix;

import java.util.Map;
import org.junit.Test;

/** Configurations alone make databases, a listener and a replicator. */
public class SyncTest extends InFelix {

  @Test
  public void documentsGoBothWaysBetweenADatabaseInMemoryAndOneOnDisk() throws Exception {
    node.configure("dev.divan.store.memory", "heap", Map.of());
    node.configure("dev.divan.store.xodus", "disk", Map.of());
    node.configure("dev.divan.database", "notes", Map.of("store", "heap"));
    node.configure("dev.divan.database", "copy", Map.of("store", "disk"));
    node.listen("door", "notes");
    node.configure(
        "dev.divan.replicator", "link", Map.of("database", "copy", "url", node.url("door")));

    Node.save(node.database("notes"), "a", "from the heap");
    Node.save(node.database("copy"), "b", "from the disk");

    node.awaitText("copy", "a", "from the heap");
    node.awaitText("notes", "b", "from the disk");
  }
}
