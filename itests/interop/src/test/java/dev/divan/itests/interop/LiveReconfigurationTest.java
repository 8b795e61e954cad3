// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.itests.Await;
import dev.divan.itests.NodeProcess;
import dev.divan.itests.TestPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * While documents flow between two nodes and into a real client, everything is configured anew.
 * What is hot nobody notices, what ends sessions costs one reconnection, and nothing is ever lost.
 */
@ExtendWith(ClientRequired.class)
class LiveReconfigurationTest {
  private static final int DOCUMENTS = Integer.getInteger("divan.live.documents", 5_000);
  private static final int ROUNDS = Integer.getInteger("divan.live.rounds", 5);
  private static final int SWAPS = Math.max(2, ROUNDS / 5);
  private static final int MOVES = Math.max(1, ROUNDS / 25);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String NOBODY = "lets nobody in until it is back";
  private static final String AGAIN = "there again: authenticator";

  @TempDir Path home;
  private LiveScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new LiveScene(home, DOCUMENTS);
  }

  @AfterEach
  void stop() throws Exception {
    if (scene != null) scene.close();
  }

  @Test
  void nothingIsLostAndWhatIsHotNobodyNotices() throws Exception {
    everyHotPropertyIsUnderTest();
    Set<String> sessions = scene.awaitSessions();
    scene.awaitFlow();

    everyHotPropertyChanges();
    resolversAreSwapped();
    authenticatorsAreSwapped();
    storesAreSwapped();
    portsAreChanged();
    assertEquals(sessions, scene.beans.sessions(), "the same connections as in the beginning");
    assertEquals(0, scene.phone.losses(), "the client never was without connection");
    assertEquals(1, connections(), "the replicator connected once");

    interfacesAreChanged(sessions);
    Set<String> written = scene.dry();
    everythingHasArrived(written);
    System.out.printf(
        "%,d documents while %d changes were made and %d bundles and stores swapped%n",
        written.size(), scene.changes(), 2 * (SWAPS + 1) + 2 * MOVES);
  }

  private void everyHotPropertyIsUnderTest() throws Exception {
    assertEquals(LiveTables.hot("dev.divan.replicator"), scene.files.replicator.turning());
    assertEquals(LiveTables.hot("dev.divan.listener"), scene.files.listener.turning());
    Set<String> ofDatabase = LiveTables.hot("dev.divan.database");
    assertTrue(ofDatabase.remove("store"), "is swapped, see below");
    assertEquals(ofDatabase, scene.files.database.turning());
  }

  private void everyHotPropertyChanges() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) change(round);
    change(0);
  }

  private void change(int round) throws Exception {
    scene.files.replicator.turn(round);
    scene.files.listener.turn(round);
    scene.files.database.turn(round);
    scene.files.replicator.awaitSaid(scene.field);
    scene.files.listener.awaitSaid(scene.hq);
    scene.files.database.awaitSaid(scene.hq);
    scene.awaitFlow();
  }

  private void resolversAreSwapped() throws Exception {
    awaitSignature("1");
    for (int version = 2; version <= SWAPS; version++) {
      scene.files.resolver.lay(Integer.toString(version));
      awaitSignature(Integer.toString(version));
    }
    String before = scene.field.log();
    scene.files.resolver.remove();
    awaitLog(scene.field, before, "conflictResolver (name=first) has gone");
    scene.awaitFlow();
    scene.files.resolver.lay("99");
    awaitSignature("99");
  }

  /** Makes conflicts until one is resolved by the bundle of that version. */
  private void awaitSignature(String version) throws Exception {
    Await.that(
        PATIENCE,
        () -> {
          scene.conflict();
          scene.awaitFlow();
          return scene.phone.has("by", version);
        },
        () -> "nothing is signed by " + version + scene.state());
  }

  private void authenticatorsAreSwapped() throws Exception {
    chooseAuthenticator("badge", "1");
    for (int version = 2; version <= SWAPS; version++) {
      String before = scene.hq.log();
      scene.files.badge.lay(Integer.toString(version));
      awaitLog(scene.hq, before, AGAIN);
      assertTrue(scene.admits(scene.port, Integer.toString(version)), "the new one");
      assertFalse(scene.admits(scene.port, Integer.toString(version - 1)), "the one before");
      scene.awaitFlow();
    }
    String before = scene.hq.log();
    scene.files.badge.remove();
    awaitLog(scene.hq, before, NOBODY);
    assertFalse(scene.admits(scene.port, Integer.toString(SWAPS)));
    scene.awaitFlow();
    before = scene.hq.log();
    scene.files.badge.lay("99");
    awaitLog(scene.hq, before, AGAIN);
    assertTrue(scene.admits(scene.port, "99"));
    chooseAuthenticator("day", LiveFiles.PASSWORD);
    changePassword("another");
    assertFalse(scene.admits(scene.port, LiveFiles.PASSWORD), "the one before");
    scene.awaitFlow();
    changePassword(LiveFiles.PASSWORD);
  }

  private void chooseAuthenticator(String name, String password) throws Exception {
    String before = scene.hq.log();
    scene.files.listener.with("authenticator", name).write();
    awaitLog(scene.hq, before, " → " + name + " (hot: ");
    assertTrue(scene.admits(scene.port, password), "judged by " + name);
  }

  private void changePassword(String password) throws Exception {
    String before = scene.hq.log();
    scene.files.password(password);
    awaitLog(scene.hq, before, "listener authenticator day: configured anew (hot: ");
    assertTrue(scene.admits(scene.port, password), "the new password");
  }

  private static void awaitLog(NodeProcess node, String before, String text) throws Exception {
    Await.that(
        PATIENCE, () -> node.log().indexOf(text, before.length()) >= 0, () -> "not said: " + text);
  }

  private void storesAreSwapped() throws Exception {
    for (int i = 0; i < MOVES; i++) {
      moveTo("second", "first");
      moveTo("first", "second");
    }
  }

  private void moveTo(String store, String from) throws Exception {
    String before = scene.hq.log();
    scene.files.database.with("store", store).write();
    awaitLog(scene.hq, before, "database notes: store (hot) is now (name=" + store + ")");
    awaitLog(scene.hq, before, "moved from store " + from + " to store " + store);
    scene.awaitFlow();
  }

  private void portsAreChanged() throws Exception {
    Set<String> sessions = scene.awaitSessions();
    int other = LiveScene.freePort();
    String before = scene.hq.log();
    scene.files.listener.with("port", Integer.toString(other)).write();
    awaitLog(
        scene.hq,
        before,
        "listener lan: port " + scene.port + " → " + other + " (rebind: sessions stay)");
    assertTrue(scene.admits(other, LiveFiles.PASSWORD), "the new port is open");
    assertFalse(scene.admits(scene.port, LiveFiles.PASSWORD), "the old port is closed");
    scene.awaitFlow();
    scene.files.listener.with("port", Integer.toString(scene.port)).write();
    awaitLog(scene.hq, before, "port " + other + " → " + scene.port + " (rebind: sessions stay)");
    assertTrue(scene.admits(scene.port, LiveFiles.PASSWORD), "back");
    scene.awaitFlow();
    assertEquals(sessions, scene.beans.sessions());
  }

  private void interfacesAreChanged(Set<String> before) throws Exception {
    Set<String> former = before;
    for (String place : new String[] {"lo", "127.0.0.1"}) {
      String log = scene.hq.log();
      scene.files.listener.with("networkInterface", place).write();
      awaitLog(scene.hq, log, " → " + place + " (rebind: sessions end)");
      former = awaitOthers(former);
      scene.awaitFlow();
    }
    assertEquals(3, connections(), "once for each change");
    assertNotEquals(0, scene.phone.losses());
  }

  /** Waits until both are back by connections that are not those. */
  private Set<String> awaitOthers(Set<String> former) throws Exception {
    Await.that(
        PATIENCE,
        () -> {
          Set<String> now = scene.beans.sessions();
          Set<String> kept = new HashSet<>(now);
          kept.retainAll(former);
          return kept.isEmpty() && now.size() == 2;
        },
        scene::state);
    return scene.beans.sessions();
  }

  private int connections() {
    return scene.field.log().split("connected to wss://", -1).length - 1;
  }

  private void everythingHasArrived(Set<String> written) throws Exception {
    assertTrue(written.size() >= DOCUMENTS);
    Await.that(
        PATIENCE,
        () -> scene.phone.count() == written.size(),
        () -> "not all of " + written.size() + scene.state());
    Await.that(
        PATIENCE,
        () -> {
          Map<String, String> hq = revisions(scene.hq);
          return hq.equals(revisions(scene.field)) && hq.equals(scene.phone.revisions());
        },
        () -> "not alike" + scene.state());
    assertEquals(written, scene.phone.revisions().keySet());
  }

  /** IDs and revisions of all that a node has. */
  private static Map<String, String> revisions(NodeProcess node) throws Exception {
    try (TestPeer peer = new TestPeer()) {
      peer.sync(LiveScene.clear(node));
      Map<String, String> revisions = new TreeMap<>();
      peer.documents()
          .forEach(
              each -> revisions.put(each.getId(), Objects.requireNonNull(each.getRevisionID())));
      return revisions;
    }
  }
}
