// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.DocumentReplication;
import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.store.memory.MemoryStore;
import dev.divan.transport.loopback.Loopback;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents through a real door: whom the authenticator made of a client, the filters are told. */
class RolesTest {

  /** Everybody's password is the name; the roles of each are known. */
  private static final ListenerAuthenticator USERS =
      new ListenerAuthenticator() {
        private final Map<String, Set<String>> roles =
            Map.of("ann", Set.of("doctor"), "bob", Set.of("porter"));

        @Override
        public Demand demand() {
          return Demand.PASSWORD;
        }

        @Override
        public Verdict authenticate(Credentials who) {
          return new Verdict.Admitted(who.username(), roles.get(who.username()));
        }
      };

  /** A document names the role that may read it, and whoever wrote it. */
  private static final ReplicationFilter READERS =
      (document, flags, peer) -> peer.roles().contains(document.getString("for"));

  private static final ReplicationFilter OWN =
      (document, flags, peer) -> document.getString("by").equals(peer.principal());

  private final Loopback loopback = new Loopback();
  private final Threads threads = new Threads();
  private final MemoryStore store = new MemoryStore();
  private final LocalDatabase ward = new LocalDatabase("ward", store);
  private final LocalDatabase tablet = new LocalDatabase("tablet", store);
  private final Door door =
      new Door(
          new Surroundings(loopback, new PassiveDoor(threads), null, null, threads.workers()),
          Terms.of(
              new URLEndpointListenerConfiguration(Set.of(ward.getDefaultCollection()))
                  .setPort(4984)
                  .setDisableTLS(true)
                  .setNetworkInterface("127.0.0.1")
                  .setAuthenticator(USERS)
                  .setSendFilter(READERS)
                  .setReceiveFilter(OWN)),
          () -> {});

  @BeforeEach
  void open() throws Exception {
    door.start();
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    loopback.close();
    tablet.close();
    ward.close();
    threads.close();
    store.close();
  }

  private static void save(LocalDatabase database, String id, String role, String author) {
    database
        .getDefaultCollection()
        .save(new MutableDocument(id).setString("for", role).setString("by", author));
  }

  /** Pulls and pushes once, and says what became of each document. */
  private Map<String, String> syncs(String user) throws Exception {
    Map<String, String> documents = new ConcurrentHashMap<>();
    CountDownLatch stopped = new CountDownLatch(1);
    try (ActiveReplicator replicator =
        new ActiveReplicator(
            new ReplicatorConfiguration(URLEndpoint.of("loopback://here:4984/ward"))
                .addCollection(tablet.getDefaultCollection())
                .setContinuous(false)
                .setAuthenticator(new BasicAuthenticator(user, user.toCharArray())),
            loopback,
            null,
            threads)) {
      replicator.addDocumentReplicationListener(
          (DocumentReplication replication) -> {
            for (ReplicatedDocument each : replication.documents()) {
              documents.put(
                  each.id(),
                  each.error() == null ? "fine" : String.valueOf(each.error().getCode()));
            }
          });
      replicator.addChangeListener(
          change -> {
            if (change.status().activityLevel() == ReplicatorActivityLevel.STOPPED) {
              stopped.countDown();
            }
          });
      replicator.start();
      assertEquals(true, stopped.await(20, TimeUnit.SECONDS));
    }
    return documents;
  }

  @Test
  void aClientIsSentWhatItsRolesMayRead() throws Exception {
    save(ward, "dose", "doctor", "eve");
    save(ward, "bed", "porter", "eve");
    assertEquals(Map.of("bed", "fine"), syncs("bob"));
    assertNull(tablet.getDefaultCollection().getDocument("dose"));
    assertNotNull(tablet.getDefaultCollection().getDocument("bed"));
  }

  @Test
  void aClientMayPushWhatIsItsOwnAndNothingElse() throws Exception {
    save(tablet, "mine", "doctor", "ann");
    save(tablet, "forged", "doctor", "bob");
    assertEquals(Map.of("mine", "fine", "forged", "403"), syncs("ann"));
    assertNotNull(ward.getDefaultCollection().getDocument("mine"));
    assertNull(ward.getDefaultCollection().getDocument("forged"));
  }
}
