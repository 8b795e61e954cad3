// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.itests.Await;
import dev.divan.itests.NodeProcess;
import dev.divan.itests.TestPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One Karaf for all, as starting one takes long; the steps are a user's, in a user's order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KarafTest {
  private static final String VERSION = System.getProperty("divan.version");
  private static final String LISTENER = "dev.divan.listener-lan.cfg";
  @TempDir static Path base;
  @TempDir static Path nodeHome;
  private static KarafProcess karaf;
  private static final int PORT = KarafProcess.freePort();
  private static final URI URL = URI.create("wss://127.0.0.1:" + PORT + "/notes");

  @BeforeAll
  static void start() throws Exception {
    karaf = new KarafProcess(base);
  }

  @AfterAll
  static void stop() {
    if (karaf != null) karaf.close();
  }

  @Test
  @Order(1)
  void oneFeatureInstallsIt() throws Exception {
    String said =
        karaf.shell(
            "feature:repo-add mvn:dev.divan/divan-features/" + VERSION + "/xml/features",
            "feature:install divan");
    assertFalse(said.contains("Error"), said);
    String bundles = karaf.shell("bundle:list -s --no-format");
    for (String bundle :
        new String[] {
          "api", "database", "replicator", "listener", "store.xodus", "transport.jetty"
        })
      assertTrue(
          bundles
              .lines()
              .anyMatch(line -> line.contains("Active") && line.contains("dev.divan." + bundle)),
          bundles);
    assertTrue(Files.exists(karaf.etc().resolve("dev.divan.store.xodus-default.cfg")));
  }

  @Test
  @Order(2)
  void installingOpensNoPort() {
    assertFalse(isOpen());
    assertFalse(karaf.log().contains("listening w"), karaf.log());
  }

  @Test
  @Order(3)
  void filesInEtcMakeAListenerThatPeersSyncWith() throws Exception {
    karaf.configure("dev.divan.database-notes.cfg", "name = notes");
    karaf.configure(
        "dev.divan.listener.auth.password-staff.cfg", "username = tablet", ".password = secret");
    karaf.configure(
        LISTENER,
        "database = notes",
        "port = " + PORT,
        "networkInterface = 127.0.0.1",
        "authenticator = staff");
    Await.that(KarafTest::isOpen, karaf::log);
    try (TestPeer one = new TestPeer();
        TestPeer other = new TestPeer()) {
      one.write("a", "into Karaf");
      one.sync(one.to(URL, "tablet", "secret"));
      other.sync(other.to(URL, "tablet", "secret"));
      assertEquals("into Karaf", other.read("a"));
    }
    assertTrue(Files.isDirectory(base.resolve("data/divan/databases")), "kept in karaf.data");
  }

  @Test
  @Order(4)
  void aStandAloneNodeAndKarafKeepEachOtherAlike() throws Exception {
    NodeProcess.configure(nodeHome, "dev.divan.database-field.cfg", "name=field");
    NodeProcess.configure(
        nodeHome,
        "dev.divan.listener-local.cfg",
        "database=field",
        "networkInterface=127.0.0.1",
        "disableTLS=true");
    try (NodeProcess node = NodeProcess.start(nodeHome);
        TestPeer peer = new TestPeer()) {
      karaf.configure(
          "dev.divan.replicator-field.cfg", "database = notes", "url = " + node.listening("field"));
      peer.awaitText(peer.to(node.listening("field")), "a", "into Karaf");
    }
  }

  @Test
  @Order(5)
  void aDeletedFileIsADeletedListener() throws Exception {
    karaf.unconfigure(LISTENER);
    Await.that(() -> !isOpen(), karaf::log);
  }

  @Test
  @Order(6)
  void uninstallingLeavesNothingButDataAndConfiguration() throws Exception {
    String said = karaf.shell("feature:uninstall divan", "bundle:list -s --no-format");
    assertFalse(said.contains("dev.divan."), said);
    assertTrue(Files.exists(karaf.etc().resolve("dev.divan.database-notes.cfg")));
    assertTrue(Files.isDirectory(base.resolve("data/divan/databases/notes")));
  }

  private static boolean isOpen() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", PORT), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
