// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Database;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.testing.Nodes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerKeyTest {
  private static final String PIN = "ab".repeat(32);

  private final Nodes nodes = new Nodes();
  private final Database database = nodes.database("db");
  private final CollectionConfiguration all =
      new CollectionConfiguration(database.getDefaultCollection());

  @AfterEach
  void close() {
    nodes.close();
  }

  private static ReplicatorConfiguration to(String url) {
    return new ReplicatorConfiguration(URLEndpoint.of(url));
  }

  private String id(ReplicatorConfiguration configuration, CollectionConfiguration collection) {
    return PeerKey.checkpointId(database.getUuid(), configuration, collection);
  }

  @Test
  void thePeerIsItsIdThenItsCertificateThenItsAddress() {
    assertEquals("ws://a:1/db", PeerKey.of(to("ws://a:1/db")));
    ReplicatorConfiguration pinned = to("wss://a:1/db").setPinnedServerFingerprint(PIN);
    ReplicatorConfiguration moved = to("wss://b:2/db").setPinnedServerFingerprint(PIN);
    assertEquals(PeerKey.of(pinned), PeerKey.of(moved));
    assertTrue(
        !PeerKey.of(pinned)
            .equals(PeerKey.of(to("wss://a:1/other").setPinnedServerFingerprint(PIN))));
    assertEquals(
        PeerKey.of(pinned.setRemoteId("hq")), PeerKey.of(to("ws://c:3/x").setRemoteId("hq")));
  }

  @Test
  void aCheckpointOutlivesWhatDoesNotMatter() {
    String id = id(to("ws://a:1/db"), all);
    assertTrue(id.startsWith("cp-"));
    assertEquals(
        id,
        id(
            to("ws://a:1/db").setContinuous(true).setType(ReplicatorType.PUSH).setMaxAttempts(3),
            all));
    assertEquals(
        id(to("ws://a:1/db"), documents("x", "y")), id(to("ws://a:1/db"), documents("y", "x")));
  }

  private CollectionConfiguration documents(String... ids) {
    return new CollectionConfiguration(all).setDocumentIDs(List.of(ids));
  }

  @Test
  void anotherDatabasePeerCollectionOrChoiceIsAnotherCheckpoint() {
    ReplicatorConfiguration to = to("ws://a:1/db");
    Set<String> ids = new HashSet<>();
    ids.add(id(to, all));
    ids.add(PeerKey.checkpointId(UUID.randomUUID(), to, all));
    ids.add(id(to("ws://a:2/db"), all));
    ids.add(id(to, new CollectionConfiguration(database.createCollection("c", "s"))));
    ids.add(id(to, documents("x")));
    ids.add(id(to, documents("x", "y")));
    ids.add(id(to, new CollectionConfiguration(all).setChannels(List.of("x"))));
    assertEquals(7, ids.size());
  }
}
