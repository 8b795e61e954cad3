// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.itests.ChildProcess;
import dev.divan.itests.NodeProcess;
import dev.divan.itests.TestPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir Path home;

  @Test
  void everyFaultIsNamedAndTheRestWorks() throws Exception {
    NodeProcess.configure(home, "dev.divan.database-notes.cfg", "name=notes");
    NodeProcess.configure(
        home,
        "dev.divan.listener-good.cfg",
        "database=notes",
        "networkInterface=127.0.0.1",
        "colour=blue");
    NodeProcess.configure(home, "dev.divan.listener-port.cfg", "database=notes", "port=99999");
    NodeProcess.configure(home, "dev.divan.listener-lost.cfg", "database=nowhere");
    NodeProcess.configure(home, "dev.divan.listener~trap.cfg", "database=notes");
    NodeProcess.configure(home, "dev.divan.listner-slip.cfg", "database=notes");
    NodeProcess.configure(home, "dev.divan.listener~bad.cfg.json", "{database: notes}");
    try (NodeProcess node = NodeProcess.start(home);
        TestPeer peer = new TestPeer()) {
      assertNamed(node, "dev.divan.listener-good.cfg", "colour");
      assertNamed(node, "dev.divan.listener-port.cfg", "port");
      assertNamed(node, "dev.divan.listener-lost.cfg", "");
      assertTrue(node.log().contains("waits for database (name=nowhere)"), node.log());
      assertNamed(node, "dev.divan.listener~trap.cfg", "call it dev.divan.listener-trap.cfg");
      assertNamed(node, "dev.divan.listner-slip.cfg", "did you mean dev.divan.listener?");
      assertNamed(node, "dev.divan.listener~bad.cfg.json", "JSON");
      peer.write("a", "works all the same");
      peer.sync(node.listening("notes"));
    }
  }

  @Test
  void aFaultOfLaterIsNamedWhenItComes() throws Exception {
    try (NodeProcess node = NodeProcess.start(home)) {
      node.configure("dev.divan.listener-late.cfg", "port=0");
      node.awaitLog("dev.divan.listener-late.cfg: database");
    }
  }

  @Test
  void aFaultThatIsMendedIsGone() throws Exception {
    try (NodeProcess node = NodeProcess.start(home)) {
      node.configure("dev.divan.database-notes.cfg", "name=notes");
      node.configure(
          "dev.divan.listener-lan.cfg", "database=notes", "port=many", "disableTLS=true");
      node.awaitLog("dev.divan.listener-lan.cfg: port");
      node.configure("dev.divan.listener-lan.cfg", "database=notes", "port=0", "disableTLS=true");
      node.listening("notes");
    }
  }

  @Test
  void aSecondNodeOnTheSameHomeIsRefused() throws Exception {
    try (NodeProcess node = NodeProcess.start(home)) {
      assertEquals(1, run("--home", home.toString()));
      assertTrue(Files.readString(errors()).contains("another node uses"), node.log());
    }
  }

  @Test
  void aMisusedCommandLineIsExplained() throws Exception {
    assertEquals(2, run("--hmoe", home.toString()));
    String said = Files.readString(errors());
    assertTrue(said.contains("no such option: --hmoe"), said);
    assertTrue(said.contains("usage: java -jar divan-node.jar --home DIR"), said);
  }

  private int run(String... options) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(List.of("java", "-jar", "target/divan-node.jar"));
    command.addAll(List.of(options));
    try (ChildProcess child = ChildProcess.start(new ProcessBuilder(command), errors().toFile())) {
      assertTrue(child.process().waitFor(30, TimeUnit.SECONDS));
      return child.process().exitValue();
    }
  }

  private Path errors() {
    return home.resolve("further.log");
  }

  private static void assertNamed(NodeProcess node, String file, String words) {
    assertTrue(
        node.log().lines().anyMatch(line -> line.contains(file + ": ") && line.contains(words)),
        () -> file + " " + words + " is not in\n" + node.log());
  }
}
