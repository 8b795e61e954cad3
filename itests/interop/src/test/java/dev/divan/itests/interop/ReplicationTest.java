// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.couchbase.lite.Replicator;
import com.couchbase.lite.ReplicatorType;
import dev.divan.itests.Await;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClientRequired.class)
class ReplicationTest {
  private static final int MANY = 500;
  @TempDir static Path home;
  private static ServedNode node;

  @BeforeAll
  static void start() throws Exception {
    node = new ServedNode(home);
  }

  @AfterAll
  static void stop() {
    if (node != null) node.close();
  }

  @Test
  void whatOneClientPushesAnotherPulls() throws Exception {
    try (Client one = node.client();
        Client other = node.client()) {
      one.save("push-1", "text", "höhe – 数");
      assertEquals(Set.of("push-1"), one.push().pushed());
      assertTrue(other.pull().pulled().contains("push-1"));
      assertEquals("höhe – 数", other.document("push-1").getString("text"));
    }
  }

  @Test
  void updatesAndDeletionsFollow() throws Exception {
    try (Client one = node.client();
        Client other = node.client()) {
      one.save("edit-1", "text", "first");
      one.save("edit-2", "text", "stays not");
      one.push();
      other.pull();
      one.save("edit-1", "text", "second");
      one.delete("edit-2");
      assertEquals(Set.of("edit-1", "edit-2"), one.push().pushed());
      assertEquals(Set.of("edit-1", "edit-2"), other.pull().pulled());
      assertEquals("second", other.document("edit-1").getString("text"));
      assertNull(other.database().getDocument("edit-2"));
    }
  }

  @Test
  void bothDirectionsGoOverOneConnectionInClear() throws Exception {
    try (Client one = node.clientInClear();
        Client other = node.clientInClear()) {
      Set<String> ones = fill(one, "a");
      Set<String> others = fill(other, "b");
      assertEquals(ones, one.sync().pushed());
      Client.Outcome outcome = other.sync();
      assertEquals(others, outcome.pushed());
      assertEquals(ones, outcome.pulled());
      assertEquals(others, one.sync().pulled());
      assertEquals(2L * MANY, one.database().getCount());
      assertEquals(2L * MANY, other.database().getCount());
    }
  }

  @Test
  void aSecondRunHasNothingToDo() throws Exception {
    try (Client one = node.client()) {
      one.save("again-1", "text", "once");
      one.sync();
      Client.Outcome second = one.sync();
      assertEquals(Set.of(), second.pushed());
      assertEquals(Set.of(), second.pulled());
    }
  }

  @Test
  void continuousClientsHearOfEachOthersChanges() throws Exception {
    try (Client one = node.client();
        Client other = node.client()) {
      Replicator ones = continuous(one);
      Replicator others = continuous(other);
      try {
        one.save("live-1", "text", "hello");
        awaitText(other, "live-1", "hello");
        other.save("live-1", "text", "hello back");
        awaitText(one, "live-1", "hello back");
        one.delete("live-1");
        Await.that(() -> other.database().getDocument("live-1") == null, others::toString);
      } finally {
        stop(ones);
        stop(others);
      }
    }
  }

  private static Replicator continuous(Client client) {
    Replicator replicator =
        new Replicator(client.configuration(ReplicatorType.PUSH_AND_PULL).setContinuous(true));
    replicator.start();
    return replicator;
  }

  private static void stop(Replicator replicator) throws InterruptedException {
    replicator.stop();
    Await.that(
        () ->
            replicator.getStatus().getActivityLevel()
                == com.couchbase.lite.ReplicatorActivityLevel.STOPPED,
        () -> replicator.getStatus().toString());
  }

  private static void awaitText(Client client, String id, String text) throws InterruptedException {
    Await.that(
        () -> {
          var document = client.database().getDocument(id);
          return document != null && text.equals(document.getString("text"));
        },
        () -> id + " is " + client.database().getDocument(id));
  }

  private static Set<String> fill(Client client, String prefix) throws Exception {
    Set<String> ids = new TreeSet<>();
    client
        .database()
        .inBatch(
            () -> {
              for (int i = 0; i < MANY; i++) {
                String id = prefix + "-" + i;
                client.save(id, "text", "number ".repeat(20) + i);
                ids.add(id);
              }
            });
    return ids;
  }
}
