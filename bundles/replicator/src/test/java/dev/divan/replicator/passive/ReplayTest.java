// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import static dev.divan.replicator.testing.Nodes.content;
import static dev.divan.replicator.testing.Nodes.delete;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Database;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.RawPeer;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.replicator.testing.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the scripted client of vector 16 sent, frame by frame. */
class ReplayTest {
  private final Nodes nodes = new Nodes();
  private final Database there = nodes.database("there");

  @AfterEach
  void close() {
    nodes.close();
  }

  @DisplayName("conformance 92: survives every step of v16, and answers later requests")
  @Test
  void survivesEveryStep() {
    URLEndpoint endpoint =
        nodes.serve(
            new PassiveConfiguration(
                List.of(
                    there.getDefaultCollection(),
                    there.createCollection("inventory", "_default"),
                    there.createCollection("things", "scopeA")),
                false,
                true));
    save(there, "doc1", "{'v':1}");
    save(there, "doc2", "{'v':1}");
    save(there, "doc2", "{'v':2}");
    save(there, "gone", "{'v':1}");
    delete(there, "gone");
    Map<Long, List<byte[]>> connections = new TreeMap<>();
    for (Map<String, ?> event : Vectors.list(Vectors.file("16-passive-errors.json"), "events"))
      if ("C->S".equals(event.get("dir"))
          && event.get("hex") instanceof String hex
          && "frame".equals(event.get("kind"))
          && !event.containsKey("hexTruncated"))
        connections
            .computeIfAbsent((Long) event.get("conn"), number -> new ArrayList<>())
            .add(Vectors.hex(hex));
    assertTrue(connections.size() > 50);
    Map<String, String> before = content(there);
    connections.forEach(
        (number, frames) -> {
          RawPeer raw = new RawPeer(nodes.dial(endpoint));
          for (byte[] frame : frames) raw.sends(frame);
          raw.leaves();
          ScriptedPeer good = nodes.client(endpoint);
          String id = "after" + number;
          good.asks("proposeChanges", "[['" + id + "','1-aa']]").says("[]");
          good.asks("rev", "{}", "id", id, "rev", "1-aa", "noconflicts", "1").saysNothing();
          good.close();
        });
    // Revocations, conflicts and deletions of that client have purged or replaced nothing of ours.
    Map<String, String> after = content(there);
    before.forEach((id, content) -> assertEquals(content, after.get(id), id));
  }
}
