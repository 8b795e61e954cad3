// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.itests.ChildProcess;
import dev.divan.itests.NodeProcess;
import dev.divan.itests.TestPeer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  private static final String LISTENER = "dev.divan.listener-lan.cfg";
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
    NodeProcess.configure(home, "dev.divan.database-away.cfg", "store=nowhere");
    NodeProcess.configure(home, "dev.divan.listener~trap.cfg", "database=notes");
    NodeProcess.configure(home, "dev.divan.listner-slip.cfg", "database=notes");
    NodeProcess.configure(home, "dev.divan.listener~bad.cfg.json", "{database: notes}");
    try (NodeProcess node = NodeProcess.start(home);
        TestPeer peer = new TestPeer()) {
      assertNamed(node, "dev.divan.listener-good.cfg", "colour");
      assertNamed(node, "dev.divan.listener-port.cfg", "port");
      assertNamed(node, "dev.divan.listener-lost.cfg", "waits for database (name=nowhere)");
      assertNamed(node, "dev.divan.database-away.cfg", "waits for store (name=nowhere)");
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
  void aFaultThatIsMendedIsGoneAndOthersDoNotNotice() throws Exception {
    NodeProcess.configure(home, "dev.divan.database-notes.cfg", "name=notes");
    NodeProcess.configure(home, "dev.divan.database-more.cfg", "name=more");
    NodeProcess.configure(
        home, "dev.divan.listener-more.cfg", "database=more", "networkInterface=127.0.0.1");
    NodeProcess.configure(home, LISTENER, "database=notes", "port=many", "disableTLS=true");
    try (NodeProcess node = NodeProcess.start(home);
        TestPeer peer = new TestPeer()) {
      assertNamed(node, LISTENER, "port is a number from 0 to 65535, not \"many\"");
      URI more = node.listening("more");
      node.configure(LISTENER, "database=notes", "port=0", "disableTLS=maybe");
      node.awaitLog(LISTENER + ": disableTLS is true or false, not \"maybe\"");
      node.configure(LISTENER, "database=notes", "port=0", "disableTLS=true");
      peer.sync(node.listening("notes"));
      assertEquals(
          1,
          node.lines().stream().filter(line -> line.endsWith("/more")).count(),
          "never closed and opened again");
      peer.sync(more);
    }
  }

  @Test
  void aFaultyChangeIsNamedAndTheListenerRunsOn() throws Exception {
    NodeProcess.configure(home, "dev.divan.database-notes.cfg", "name=notes");
    NodeProcess.configure(home, LISTENER, "database=notes", "networkInterface=127.0.0.1");
    try (NodeProcess node = NodeProcess.start(home);
        TestPeer peer = new TestPeer()) {
      URI url = node.listening("notes");
      int mark = node.mark();
      node.configure(LISTENER, "database=notes", "networkInterface=127.0.0.1", "port=many");
      node.awaitLog(
          LISTENER
              + ": port is a number from 0 to 65535, not \"many\";"
              + " it runs on as configured before");
      peer.sync(url);
      node.configure(LISTENER, "database=notes", "networkInterface=127.0.0.1", "disableTLS=true");
      assertEquals("ws", node.listening(mark, "notes").getScheme());
    }
  }

  @Test
  void everyKindThatIsMendedTakesEffect() throws Exception {
    String database = "dev.divan.database-notes.cfg";
    String identity = "dev.divan.tls.selfsigned-gate.cfg";
    String staff = "dev.divan.listener.auth.password-staff.cfg";
    String replicator = "dev.divan.replicator-hq.cfg";
    NodeProcess.configure(home, database, "collections=a.b.c");
    NodeProcess.configure(home, identity, "expiration=soon");
    NodeProcess.configure(home, staff, "username=ann");
    NodeProcess.configure(home, replicator, "database=notes", "url=nowhere");
    NodeProcess.configure(
        home,
        LISTENER,
        "database=notes",
        "networkInterface=127.0.0.1",
        "tlsIdentity=gate",
        "authenticator=staff");
    try (NodeProcess node = NodeProcess.start(home);
        TestPeer peer = new TestPeer()) {
      assertNamed(node, database, "collections");
      assertNamed(node, identity, "expiration");
      assertNamed(node, staff, ".password");
      assertNamed(node, replicator, "url");
      node.configure(identity, "expiration=2040-01-01");
      node.configure(staff, "username=ann", ".password=open sesame");
      node.configure(database, "collections=items");
      URI url = node.listening("notes");
      node.configure(replicator, "database=notes", "url=" + url, "authenticator=nobody");
      peer.sync(peer.to(url, "ann", "open sesame"));
      node.awaitLog(replicator + ": waits for authenticator (name=nobody)");
    }
  }

  @Test
  void noSecretIsInAServiceProperty() throws Exception {
    String[] login = {"username=ann", ".password=open sesame"};
    NodeProcess.configure(home, "dev.divan.auth.basic-hq.cfg", login);
    NodeProcess.configure(home, "dev.divan.listener.auth.password-staff.cfg", login);
    NodeProcess.configure(
        home,
        "dev.divan.listener.auth.password-faulty.cfg",
        "users=/nowhere",
        ".password=open sesame",
        "password=open sesame");
    NodeProcess.configure(
        home, LISTENER, "database=nowhere", ".password=open sesame", "password=open sesame");
    try (NodeProcess node = NodeProcess.start(home, "--shell")) {
      int mark = node.mark();
      node.type("inspect capability service");
      node.type("echo that is all");
      node.awaitText("that is all");
      List<String> services = node.lines().subList(mark, node.lines().size());
      for (String there : List.of("username = ann", "divan.waiting", "divan.refused"))
        assertTrue(services.stream().anyMatch(line -> line.contains(there)), there);
      for (String secret : List.of("sesame", ".password = ", " password = "))
        assertTrue(services.stream().noneMatch(line -> line.contains(secret)), secret);
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
