// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.couchbase.lite.Replicator;
import com.couchbase.lite.ReplicatorActivityLevel;
import com.couchbase.lite.ReplicatorType;
import dev.divan.itests.Await;
import dev.divan.itests.NodeProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClientRequired.class)
class RestartTest {
  @TempDir Path home;

  @Test
  void aNodeThatWasKilledGoesOnWhereItWas() throws Exception {
    int port = freePort();
    NodeProcess.configure(home, "dev.divan.database-notes.cfg", "name=notes");
    NodeProcess.configure(
        home,
        "dev.divan.listener-lan.cfg",
        "database=notes",
        "networkInterface=127.0.0.1",
        "disableTLS=true",
        "port=" + port);
    URI url = URI.create("ws://127.0.0.1:" + port + "/notes");
    try (NodeProcess node = NodeProcess.start(home);
        Client one = new Client(home, url);
        Client other = new Client(home, url)) {
      Replicator live =
          new Replicator(
              one.configuration(ReplicatorType.PUSH_AND_PULL)
                  .setContinuous(true)
                  .setMaxAttemptWaitTime(1));
      one.save("before", "text", "acknowledged");
      assertEquals(Set.of("before"), one.push().pushed());
      live.start();
      awaitLevel(live, ReplicatorActivityLevel.IDLE);

      node.kill();
      one.save("meanwhile", "text", "nobody listens");
      node.restart();

      awaitLevel(live, ReplicatorActivityLevel.IDLE);
      Await.that(() -> live.getPendingDocumentIds().isEmpty(), () -> "pending " + live.getStatus());
      live.stop();
      awaitLevel(live, ReplicatorActivityLevel.STOPPED);
      assertEquals(Set.of("before", "meanwhile"), other.pull().pulled());
      assertEquals(Set.of(), one.push().pushed(), "the checkpoint was kept");
    }
  }

  private static void awaitLevel(Replicator replicator, ReplicatorActivityLevel level)
      throws InterruptedException {
    Await.that(
        () -> replicator.getStatus().getActivityLevel() == level,
        () -> "still " + replicator.getStatus());
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
