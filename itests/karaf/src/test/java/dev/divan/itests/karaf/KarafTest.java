// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.karaf;

import static dev.divan.itests.karaf.Keyboard.TAB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.itests.Await;
import dev.divan.itests.NodeProcess;
import dev.divan.itests.TestPeer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Karaf whose user does what the page says, and goes on from there. One for all, as starting one
 * takes long; the steps are a user's, in a user's order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KarafTest {
  private static final Path PAGE = Path.of("..", "..", "features", "karaf", "README.md");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LISTENER = "dev.divan.listener-lan.cfg";
  @TempDir static Path base;
  @TempDir static Path nodeHome;
  private static KarafProcess karaf;
  private static final int PORT = KarafProcess.freePort();
  private static final URI URL = URI.create("wss://127.0.0.1:" + PORT + "/field");

  @BeforeAll
  static void start() throws Exception {
    karaf = KarafProcess.withInstalled(base);
  }

  @AfterAll
  static void stop() {
    if (karaf != null) karaf.close();
  }

  /**
   * All but the build, which this is part of, and starting Karaf. What is printed may take a moment
   * to become true, as it does for who types it.
   */
  @Test
  @Order(1)
  void thePageDoesAsItSays() throws Exception {
    List<Page.Block> blocks = Page.read(PAGE, PORT);
    for (int i = 0; i < blocks.size(); i++) {
      List<String> lines = blocks.get(i).lines();
      switch (blocks.get(i).language()) {
        case "properties" -> {
          String file = lines.get(0);
          assertTrue(file.startsWith("# etc/"), file);
          karaf.configure(file.substring("# etc/".length()), lines);
        }
        case "karaf" -> {
          boolean told = i + 1 < blocks.size() && blocks.get(i + 1).language().equals("text");
          carryOut(lines, told ? blocks.get(i + 1).lines() : List.of());
        }
        case "text" -> assertEquals("karaf", blocks.get(i - 1).language());
        default -> assertEquals(List.of("./mvnw install -DskipTests"), lines);
      }
    }
    assertTrue(blocks.size() > 10, "the page is read");
  }

  private static void carryOut(List<String> commands, List<String> wanted) throws Exception {
    String[] said = {""};
    Await.that(
        PATIENCE,
        () -> {
          said[0] = karaf.shell(commands);
          return !said[0].contains("Error executing")
              && !said[0].contains("Command not found")
              && Page.tells(said[0], wanted);
        },
        () -> wanted + " is not in\n" + said[0] + "\n" + karaf.log());
  }

  @Test
  @Order(2)
  void peersSyncWithIt() throws Exception {
    try (TestPeer one = new TestPeer();
        TestPeer other = new TestPeer()) {
      one.write("a", "into Karaf");
      // the page's last step may still be on its way: until its authenticator is there it is 503
      one.sync(one.to(URL, "tablet", "choose-a-better-one").setMaxAttempts(4));
      other.sync(other.to(URL, "tablet", "choose-a-better-one"));
      assertEquals("into Karaf", other.read("a"));
    }
    assertTrue(Files.isDirectory(base.resolve("data/divan/databases")), "kept in karaf.data");
  }

  @Test
  @Order(3)
  void tabCompletesArgumentsWithoutComplaint() throws Exception {
    karaf.shell("divan:doc-put field 'two words; $5' '{\"words\": 2}'");
    long complaints = complaints();
    try (Keyboard keyboard = karaf.keyboard("karaf")) {
      enter(
          keyboard,
          "divan:doc-get " + TAB + "fie" + TAB + "hel" + TAB + "--r" + TAB,
          "copy    field",
          "{\"text\":\"from Karaf\"}");
      enter(keyboard, "divan:doc-get field tw" + TAB + "--raw", "{\"words\":2}");
      enter(keyboard, "replicator-show f" + TAB, "to be pushed");
      enter(keyboard, "divan:doc-get nowhere x" + TAB, "there is no database nowhere");
    }
    assertEquals(complaints, complaints(), karaf::log);
  }

  @Test
  @Order(3)
  void whatOneMayNotCallIsNotCompleted() throws Exception {
    try (Keyboard keyboard = karaf.keyboard("guest")) {
      enter(keyboard, "divan:db-info fi" + TAB, "last sequence");
      String shown = keyboard.enter("divan:doc-get fi" + TAB);
      assertTrue(shown.contains("Command not found"), shown);
      assertFalse(shown.contains("field"), shown);
    }
  }

  /** On a machine that is busy TAB may offer nothing in time; who types tries again. */
  private static void enter(Keyboard keyboard, String line, String... wanted) throws Exception {
    String[] shown = {""};
    Await.that(
        PATIENCE,
        () -> {
          shown[0] = keyboard.enter(line);
          return Stream.of(wanted).allMatch(shown[0]::contains);
        },
        () -> List.of(wanted) + " is not in\n" + shown[0] + "\n" + karaf.log());
  }

  @Test
  @Order(3)
  void commandsAreThereOnce() throws Exception {
    String said = karaf.shell("service:list dev.divan.shell.GogoCommand", "divan:db-info --help");
    assertFalse(said.contains("osgi.command"), said);
    assertTrue(Page.tells(said, List.of("divan:db-info DATABASE")), said);
  }

  private static long complaints() throws Exception {
    try (Stream<String> lines = Files.lines(base.resolve("data/log/karaf.log"))) {
      return lines
          .filter(line -> line.matches(".*\\| (WARN |ERROR) \\|.*"))
          .filter(line -> !line.contains("Exception caught while executing command"))
          .count();
    }
  }

  @Test
  @Order(4)
  void whatTheShellConfiguresIsInForceAndInTheFile() throws Exception {
    String said =
        karaf.shell(
            "config:meta dev.divan.listener",
            "config:property-set --pid dev.divan.listener~lan maxConnections 7",
            "config:property-list --pid dev.divan.listener~lan");
    assertTrue(Page.tells(said, List.of("networkInterface", "maxConnections … 7")), said);
    Path file = karaf.etc().resolve(LISTENER);
    Await.that(
        () -> Files.readString(file).matches("(?s).*maxConnections *= *7.*"),
        () -> said + "\n" + karaf.log());
    try (TestPeer peer = new TestPeer()) {
      peer.sync(peer.to(URL, "tablet", "choose-a-better-one"));
    }
  }

  @Test
  @Order(5)
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
          "dev.divan.replicator-node.cfg", "database = field", "url = " + node.listening("field"));
      peer.awaitText(peer.to(node.listening("field")), "a", "into Karaf");
    }
  }

  @Test
  @Order(6)
  void aDeletedFileIsADeletedListener() throws Exception {
    karaf.unconfigure(LISTENER);
    Await.that(() -> !karaf.listeningPorts().contains(PORT), karaf::log);
  }

  @Test
  @Order(7)
  void uninstallingLeavesNothingButDataAndConfiguration() throws Exception {
    String said =
        karaf.shell("feature:uninstall divan divan-shell divan-jaas", "bundle:list -s --no-format");
    assertFalse(said.contains("dev.divan."), said);
    assertTrue(Files.exists(karaf.etc().resolve("dev.divan.database-field.cfg")));
    assertTrue(Files.isDirectory(base.resolve("data/divan/databases/field")));
  }
}
