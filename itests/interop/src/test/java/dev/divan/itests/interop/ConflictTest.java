// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.couchbase.lite.Document;
import com.couchbase.lite.ReplicatorConfiguration;
import com.couchbase.lite.ReplicatorType;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The node never resolves what a client sends: it says so, and the client resolves and pushes the
 * outcome.
 */
@ExtendWith(ClientRequired.class)
class ConflictTest {
  private static final int CONFLICT = 10409;
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
  void theClientsResolutionIsStoredAndPassedOn() throws Exception {
    try (Client one = node.client();
        Client other = node.client()) {
      share("merged", one, other);
      one.save("merged", "one", "1");
      other.save("merged", "other", "2");
      one.push();
      Client.run(
              resolving(
                  other,
                  (local, remote) -> local.toMutable().setString("one", remote.getString("one"))))
          .succeeded();
      other.sync();
      one.pull();
      assertEquals("1", one.document("merged").getString("one"));
      assertEquals("2", one.document("merged").getString("other"));
      assertEquals(
          other.document("merged").getRevisionID(), one.document("merged").getRevisionID());
    }
  }

  @Test
  void theClientMayTakeOurs() throws Exception {
    try (Client one = node.client();
        Client other = node.client()) {
      share("ours", one, other);
      one.save("ours", "text", "kept");
      other.save("ours", "text", "given up");
      one.push();
      Client.run(resolving(other, (local, remote) -> remote)).succeeded();
      other.sync();
      one.pull();
      assertEquals("kept", one.document("ours").getString("text"));
      assertEquals("kept", other.document("ours").getString("text"));
    }
  }

  @Test
  void theClientMayDeleteWhatConflicts() throws Exception {
    try (Client one = node.client();
        Client other = node.client()) {
      share("gone", one, other);
      one.save("gone", "text", "edited");
      other.delete("gone");
      one.push();
      Client.run(resolving(other, (local, remote) -> null)).succeeded();
      other.sync();
      one.pull();
      assertNull(one.database().getDocument("gone"));
    }
  }

  @Test
  void aPushAloneIsToldOfTheConflict() throws Exception {
    try (Client one = node.client();
        Client other = node.client()) {
      share("told", one, other);
      one.save("told", "text", "first come");
      other.save("told", "text", "too late");
      one.push();
      assertEquals(Set.of("told " + CONFLICT), other.push().pushed());
      one.pull();
      assertEquals("first come", one.document("told").getString("text"));
    }
  }

  private interface Resolution {
    Document choose(Document local, Document remote);
  }

  private static ReplicatorConfiguration resolving(Client client, Resolution resolution) {
    return client
        .configuration(ReplicatorType.PUSH_AND_PULL)
        .setConflictResolver(
            conflict -> {
              Document local = conflict.getLocalDocument();
              Document remote = conflict.getRemoteDocument();
              return resolution.choose(local, remote);
            });
  }

  private static void share(String id, Client one, Client other) throws Exception {
    one.save(id, "text", "common");
    one.push();
    other.pull();
  }
}
