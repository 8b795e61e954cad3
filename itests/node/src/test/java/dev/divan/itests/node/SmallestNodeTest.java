// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.itests.Await;
import dev.divan.itests.NodeProcess;
import dev.divan.itests.TestPeer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallestNodeTest {
  private static final String DATABASE = "dev.divan.database-notes.cfg";
  private static final String LISTENER = "dev.divan.listener-lan.cfg";

  /** Those whose samples name nothing that is not on this machine. */
  private static final List<String> SELF_CONTAINED =
      List.of(
          "dev.divan.database",
          "dev.divan.listener",
          "dev.divan.listener.auth.password",
          "dev.divan.replicator",
          "dev.divan.auth.basic",
          "dev.divan.auth.session",
          "dev.divan.tls.selfsigned");

  @TempDir Path home;

  @BeforeEach
  void twoFilesOfTwoLines() throws Exception {
    NodeProcess.configure(home, DATABASE, "name = notes", "collections = _default._default");
    NodeProcess.configure(home, LISTENER, "database = notes", "networkInterface = 127.0.0.1");
  }

  @Test
  void twoFilesMakeAListenerThatIsSecure() throws Exception {
    try (NodeProcess node = NodeProcess.start(home);
        TestPeer peer = new TestPeer()) {
      URI url = node.listening("notes");
      assertEquals("wss", url.getScheme());
      assertEquals(
          List.of("listening " + url, "ready"), node.lines(), "one line each, in this order");
      peer.write("a", "first");
      peer.sync(url);
    }
  }

  @Test
  void aTerminatedNodeEndsWellAndHasItsDataWhenItIsBack() throws Exception {
    try (NodeProcess node = NodeProcess.start(home);
        TestPeer one = new TestPeer();
        TestPeer other = new TestPeer()) {
      one.write("kept", "over a restart");
      one.sync(node.listening("notes"));
      assertEquals(0, node.terminate());
      node.restart();
      other.sync(node.listening("notes"));
      assertEquals("over a restart", other.read("kept"));
    }
  }

  @Test
  void theCertificateIsTheSameAfterARestart() throws Exception {
    try (NodeProcess node = NodeProcess.start(home)) {
      String before = Fingerprint.of(node.listening("notes"));
      assertEquals(0, node.terminate());
      node.restart();
      assertEquals(before, Fingerprint.of(node.listening("notes")));
    }
  }

  @Test
  void aRewrittenPortTakesEffect() throws Exception {
    try (NodeProcess node = NodeProcess.start(home);
        TestPeer peer = new TestPeer()) {
      URI former = node.listening("notes");
      int mark = node.mark();
      int port = Ports.free();
      node.configure(
          LISTENER, "database = notes", "networkInterface = 127.0.0.1", "port = " + port);
      URI url = node.listening(mark, "notes");
      assertEquals(port, url.getPort());
      peer.write("b", "to the new port");
      peer.sync(url);
      Await.that(() -> !Ports.isOpen(former), () -> former + " is still open");
    }
  }

  @Test
  void aDeletedFileIsADeletedListener() throws Exception {
    try (NodeProcess node = NodeProcess.start(home)) {
      URI url = node.listening("notes");
      assertTrue(Ports.isOpen(url));
      node.unconfigure(LISTENER);
      Await.that(() -> !Ports.isOpen(url), () -> url + " is still open");
      int mark = node.mark();
      node.configure(LISTENER, "database = notes", "networkInterface = 127.0.0.1");
      assertNotEquals(0, node.listening(mark, "notes").getPort());
    }
  }

  @Test
  void aFileInJsonDoesTheSame() throws Exception {
    Files.delete(home.resolve("etc").resolve(LISTENER));
    NodeProcess.configure(
        home,
        "dev.divan.listener~lan.cfg.json",
        "{\"database\": \"notes\", \"networkInterface\": \"127.0.0.1\", \"disableTLS\": true,",
        " \"port:Integer\": 0}");
    try (NodeProcess node = NodeProcess.start(home)) {
      URI url = node.listening("notes");
      assertEquals("ws", url.getScheme());
      node.unconfigure("dev.divan.listener~lan.cfg.json");
      Await.that(() -> !Ports.isOpen(url), () -> url + " is still open");
    }
  }

  @Test
  void aFileOfTypedPropertiesDoesTheSame() throws Exception {
    Files.delete(home.resolve("etc").resolve(LISTENER));
    NodeProcess.configure(
        home,
        "dev.divan.listener-lan.config",
        "database=\"notes\"",
        "networkInterface=\"127.0.0.1\"",
        "disableTLS=B\"true\"",
        "port=I\"0\"");
    try (NodeProcess node = NodeProcess.start(home)) {
      assertEquals("ws", node.listening("notes").getScheme());
    }
  }

  @Test
  void aNewHomeIsReadyWithNothingButSamples(@TempDir Path fresh) throws Exception {
    try (NodeProcess node = NodeProcess.start(fresh)) {
      assertEquals(List.of("ready"), node.lines());
      assertTrue(Files.exists(fresh.resolve("etc/dev.divan.listener-lan.cfg.sample")));
      assertFalse(node.log().contains("ERROR"), node.log());
    }
  }

  @Test
  void theShellIsOnTheTerminal() throws Exception {
    try (NodeProcess node = NodeProcess.start(home, "--shell")) {
      node.type("lb -s");
      node.awaitText("dev.divan.database");
      node.type("divan:db-list");
      node.awaitText("open");
      node.type("exit 0");
      assertEquals(0, node.awaitEnd());
    }
  }

  @Test
  void theSamplesWorkAsTheyAre(@TempDir Path fresh) throws Exception {
    try (NodeProcess node = NodeProcess.start(fresh)) {
      assertEquals(0, node.terminate());
      try (Stream<Path> samples = Files.list(fresh.resolve("etc"))) {
        for (Path sample : samples.toList()) {
          String name = sample.getFileName().toString();
          if (SELF_CONTAINED.contains(name.substring(0, name.lastIndexOf('-'))))
            Files.move(sample, sample.resolveSibling(name.substring(0, name.lastIndexOf('.'))));
        }
      }
      NodeProcess.configure(
          fresh,
          "dev.divan.listener-lan.cfg",
          "database=field",
          "port=0",
          "tlsIdentity=gateway",
          "authenticator=staff",
          "networkInterface=127.0.0.1");
      node.restart();
      node.listening("field");
      assertFalse(node.log().contains("dev.divan.node - "), node.log());
    }
  }
}
