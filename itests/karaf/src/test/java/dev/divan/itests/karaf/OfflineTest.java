// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.itests.Await;
import dev.divan.itests.TestPeer;
import dev.divan.replicator.ReplicatorException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Everything out of the KAR, in a Karaf that has no network and no Maven repository. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OfflineTest {
  private static final String FEATURES = "divan-all divan-store-mvstore divan-store-memory";
  private static final int UNAUTHORIZED = 401;
  private static final int PORT = KarafProcess.freePort();
  private static final URI URL = URI.create("wss://127.0.0.1:" + PORT + "/field");
  @TempDir static Path base;
  private static KarafProcess karaf;
  private static Set<Integer> portsBefore = Set.of();

  @BeforeAll
  static void start() throws Exception {
    karaf = KarafProcess.offline(base);
  }

  @AfterAll
  static void stop() {
    if (karaf != null) karaf.close();
  }

  @Test
  @Order(1)
  void theKarBringsTheFeaturesAndInstallsNone() throws Exception {
    String said =
        karaf.shell("kar:install " + kar().toUri(), "feature:list", "bundle:list -s --no-format");
    assertTrue(said.contains("divan-store-mvstore"), said);
    assertFalse(said.contains("dev.divan."), said);
    portsBefore = karaf.listeningPorts();
    assertFalse(portsBefore.isEmpty(), "Karaf itself listens");
  }

  @Test
  @Order(2)
  void everythingInstallsFromIt() throws Exception {
    String said = karaf.shell("feature:install " + FEATURES, "bundle:list -s --no-format");
    assertFalse(said.contains("Error"), said);
    List<String> bundles = said.lines().filter(line -> line.contains("dev.divan.")).toList();
    assertTrue(bundles.size() > 15, said);
    assertTrue(bundles.stream().allMatch(line -> line.contains("Active")), said);
  }

  @Test
  @Order(3)
  void installingOpensNoPortAndMakesNoInstance() throws Exception {
    assertEquals(portsBefore, karaf.listeningPorts());
    // The store that databases are kept in comes by a file, which is read a moment later.
    Await.that(
        () -> factories().contains("dev.divan.store.xodus"),
        () -> "the default store is not there");
    assertEquals(List.of("dev.divan.store.xodus"), factories());
  }

  /** The factories that have instances. */
  private static List<String> factories() throws Exception {
    return karaf
        .shell("config:list \"(service.factoryPid=dev.divan.*)\"")
        .lines()
        .filter(line -> line.startsWith("FactoryPid:"))
        .map(line -> line.split(" +")[1])
        .toList();
  }

  @Test
  @Order(4)
  void samplesLieInEtc() throws Exception {
    try (Stream<Path> files = Files.list(karaf.etc())) {
      List<String> samples =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".cfg.sample"))
              .toList();
      assertTrue(samples.contains("dev.divan.database-field.cfg.sample"), samples.toString());
    }
  }

  @Test
  @Order(5)
  void karafsOwnUsersLogIn() throws Exception {
    karaf.configure("dev.divan.store.mvstore-archive.cfg", "directory = ${karaf.data}/archive");
    karaf.configure("dev.divan.database-field.cfg", "name = field", "store = archive");
    karaf.configure(
        "dev.divan.listener.auth.jaas-staff.cfg", "realm = karaf", "requiredRole = admin");
    karaf.configure(
        "dev.divan.listener-lan.cfg",
        "database = field",
        "port = " + PORT,
        "networkInterface = 127.0.0.1",
        "authenticator = staff");
    awaitOpen();
    sync("a");
    try (TestPeer stranger = new TestPeer()) {
      assertEquals(UNAUTHORIZED, refusal(stranger, "karaf", "wrong"));
      assertEquals(UNAUTHORIZED, refusal(stranger, "guest", "guest"), "has not the role");
    }
    assertTrue(Files.isDirectory(base.resolve("data/archive/field")), "in the store it names");
  }

  @Test
  @Order(6)
  void theShellTells() throws Exception {
    String said =
        karaf.shell(
            "divan:db-list",
            "divan:listener-list",
            "divan:doc-get field a",
            "divan:identity-list",
            "divan:status");
    assertFalse(said.contains("Error executing"), said);
    assertTrue(
        Page.tells(said, List.of("field … archive", URL.toString(), "text", "anonymous")), said);
  }

  @Test
  @Order(7)
  void whoMayOnlyLookAtKarafCannotReadDocuments() throws Exception {
    String said = karaf.shellAs("guest", List.of("divan:db-list", "divan:doc-get field a"));
    assertTrue(said.contains("archive"), said);
    assertFalse(said.contains("of a"), said);
  }

  /** What a command returns, and does not print, is shown on terminals only. */
  @Test
  @Order(8)
  void healthChecksAreListedAndRun() throws Exception {
    String said = karaf.shell("hc:list | cat", "hc:exec divan | cat");
    assertTrue(
        Page.tells(
            said,
            List.of(
                "divan", "Divan certificates … OK", "Divan listeners … OK", "Divan stores … OK")),
        said);
  }

  @Test
  @Order(9)
  void managementSeesTheListener() throws Exception {
    try (JMXConnector connector =
        JMXConnectorFactory.connect(
            karaf.jmx(), Map.of(JMXConnector.CREDENTIALS, new String[] {"karaf", "karaf"}))) {
      ObjectName listener = new ObjectName("dev.divan:type=Listener,name=lan");
      assertEquals(PORT, connector.getMBeanServerConnection().getAttribute(listener, "Port"));
    }
  }

  @Test
  @Order(10)
  void updatedBundlesComeBackToTheSamePort() throws Exception {
    karaf.shell(
        "bundle:update dev.divan.listener",
        "bundle:update dev.divan.transport.jetty",
        "bundle:update dev.divan.tls",
        "bundle:update dev.divan.auth.jaas",
        "bundle:update dev.divan.store.mvstore");
    awaitOpen();
    sync("b");
    Set<Integer> expected = new TreeSet<>(portsBefore);
    expected.add(PORT);
    assertEquals(expected, karaf.listeningPorts());
  }

  @Test
  @Order(11)
  void uninstallingClosesEveryPort() throws Exception {
    String said = karaf.shell("feature:uninstall " + FEATURES, "bundle:list -s --no-format");
    assertFalse(said.contains("Error"), said);
    assertFalse(said.contains("dev.divan."), said);
    assertEquals(portsBefore, karaf.listeningPorts());
  }

  @Test
  @Order(12)
  void installingAgainFindsFilesAndDataAsTheyWere() throws Exception {
    Path edited = karaf.etc().resolve("dev.divan.replicator-hq.cfg.sample");
    Files.writeString(edited, "mine\n");
    karaf.shell("feature:install " + FEATURES);
    awaitOpen();
    assertEquals("mine\n", Files.readString(edited));
    try (TestPeer peer = new TestPeer()) {
      peer.sync(peer.to(URL, "karaf", "karaf"));
      assertEquals("of a", peer.read("a"));
    }
  }

  private static void awaitOpen() throws Exception {
    Await.that(() -> karaf.listeningPorts().contains(PORT), karaf::log);
  }

  private static void sync(String id) throws Exception {
    try (TestPeer one = new TestPeer();
        TestPeer other = new TestPeer()) {
      one.write(id, "of " + id);
      one.sync(one.to(URL, "karaf", "karaf"));
      other.sync(other.to(URL, "karaf", "karaf"));
      assertEquals("of " + id, other.read(id));
    }
  }

  private static int refusal(TestPeer peer, String user, String password) throws Exception {
    ReplicatorException error = peer.run(peer.to(URL, user, password));
    return error == null ? 0 : error.getCode();
  }

  private static Path kar() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("target", "kar"))) {
      return files.findFirst().orElseThrow().toAbsolutePath();
    }
  }
}
