// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.divan.itests.NodeProcess;
import dev.divan.itests.TestPeer;
import dev.divan.replicator.ReplicatorConfiguration;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that hold each other's documents; a peer at each writes and reads. */
class TwoNodesTest {
  private static final String REPLICATOR = "dev.divan.replicator-hq.cfg";
  @TempDir Path hqHome;
  @TempDir Path fieldHome;
  private NodeProcess hq;
  private NodeProcess field;
  private TestPeer hqPeer;
  private TestPeer fieldPeer;

  @BeforeEach
  void start() throws Exception {
    NodeProcess.configure(hqHome, "dev.divan.database-notes.cfg", "name=notes");
    NodeProcess.configure(hqHome, "dev.divan.database-more.cfg", "name=more");
    NodeProcess.configure(
        hqHome,
        "dev.divan.listener.auth.password-staff.cfg",
        "username=tablet",
        ".password=open sesame");
    NodeProcess.configure(
        hqHome,
        "dev.divan.listener-lan.cfg",
        "database=notes",
        "networkInterface=127.0.0.1",
        "authenticator=staff");
    NodeProcess.configure(
        hqHome,
        "dev.divan.listener-more.cfg",
        "database=more",
        "networkInterface=127.0.0.1",
        "disableTLS=true");
    NodeProcess.configure(fieldHome, "dev.divan.database-field.cfg", "name=field");
    NodeProcess.configure(
        fieldHome,
        "dev.divan.listener-local.cfg",
        "database=field",
        "networkInterface=127.0.0.1",
        "disableTLS=true");
    NodeProcess.configure(
        fieldHome, "dev.divan.auth.basic-hq.cfg", "username=tablet", ".password=open sesame");
    hq = NodeProcess.start(hqHome);
    field = NodeProcess.start(fieldHome);
    hqPeer = new TestPeer();
    fieldPeer = new TestPeer();
  }

  @AfterEach
  void stop() {
    if (hq != null) hq.close();
    if (field != null) field.close();
    if (hqPeer != null) hqPeer.close();
    if (fieldPeer != null) fieldPeer.close();
  }

  @Test
  void aFileKeepsTwoNodesAlike() throws Exception {
    replicate(hq.listening("notes"), "acceptOnlySelfSignedServerCertificate=true");
    fieldPeer.write("a", "from the field");
    fieldPeer.sync(field.listening("field"));
    hqPeer.awaitText(atHq(), "a", "from the field");
    hqPeer.write("a", "seen");
    hqPeer.sync(atHq());
    fieldPeer.awaitText(atField(), "a", "seen");
    hqPeer.documents().delete(hqPeer.documents().getDocument("a"));
    hqPeer.sync(atHq());
    fieldPeer.awaitText(atField(), "a", null);
  }

  @Test
  void aPinnedCertificateIsTrusted() throws Exception {
    URI url = hq.listening("notes");
    replicate(url, "pinnedServerCertificate=" + Fingerprint.of(url));
    fieldPeer.write("p", "pinned");
    fieldPeer.sync(field.listening("field"));
    hqPeer.awaitText(atHq(), "p", "pinned");
  }

  @Test
  void anotherPinIsNotTrustedAndThatIsSaid() throws Exception {
    replicate(hq.listening("notes"), "pinnedServerCertificate=" + "00".repeat(32));
    field.awaitLog("certificate");
    fieldPeer.write("p", "stays here");
    fieldPeer.sync(field.listening("field"));
    hqPeer.sync(atHq());
    assertNull(hqPeer.read("p"));
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    assertNotNull(hqPeer.run(hqPeer.to(hq.listening("notes"), "tablet", "wrong")));
    assertNotNull(hqPeer.run(hqPeer.to(hq.listening("notes"))));
  }

  @Test
  void oneShotEndsByItself() throws Exception {
    fieldPeer.write("once", "and no more");
    fieldPeer.sync(field.listening("field"));
    replicate(
        hq.listening("notes"), "acceptOnlySelfSignedServerCertificate=true", "continuous=false");
    hqPeer.awaitText(atHq(), "once", "and no more");
  }

  @Test
  void aChangedUrlLeadsElsewhere() throws Exception {
    replicate(hq.listening("notes"), "acceptOnlySelfSignedServerCertificate=true");
    fieldPeer.write("moving", "house");
    fieldPeer.sync(field.listening("field"));
    hqPeer.awaitText(atHq(), "moving", "house");
    replicate(hq.listening("more"));
    try (TestPeer morePeer = new TestPeer()) {
      morePeer.awaitText(morePeer.to(hq.listening("more")), "moving", "house");
    }
  }

  @Test
  void aReplicatorFindsANodeThatComesLate() throws Exception {
    URI url = hq.listening("more");
    NodeProcess.configure(
        hqHome,
        "dev.divan.listener-more.cfg",
        "database=more",
        "networkInterface=127.0.0.1",
        "disableTLS=true",
        "port=" + url.getPort());
    assertEquals(0, hq.terminate());
    replicate(url, "maxAttemptWaitTime=1");
    fieldPeer.write("late", "but there");
    fieldPeer.sync(field.listening("field"));
    hq.restart();
    try (TestPeer morePeer = new TestPeer()) {
      morePeer.awaitText(morePeer.to(url), "late", "but there");
    }
  }

  private void replicate(URI url, String... further) throws Exception {
    String[] lines = new String[further.length + 3];
    lines[0] = "database=field";
    lines[1] = "url=" + url;
    lines[2] = "authenticator=hq";
    System.arraycopy(further, 0, lines, 3, further.length);
    field.configure(REPLICATOR, lines);
  }

  private ReplicatorConfiguration atHq() throws InterruptedException {
    return hqPeer.to(hq.listening("notes"), "tablet", "open sesame");
  }

  private ReplicatorConfiguration atField() throws InterruptedException {
    return fieldPeer.to(field.listening("field"));
  }
}
