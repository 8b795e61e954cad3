// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Database;
import dev.divan.database.MutableDocument;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.transport.Channel;
import dev.divan.transport.PeerFacts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassiveSessionTest {

  @Test
  void bytesAreCountedBothWaysInThisSessionOnly() throws Exception {
    try (Nodes nodes = new Nodes()) {
      Database there = nodes.database("there");
      MutableDocument document = new MutableDocument("one");
      document.setString("text", "x".repeat(1000));
      there.getDefaultCollection().save(document);
      var endpoint = nodes.serve(there);

      ScriptedPeer peer = nodes.client(endpoint);
      peer.asks("setCheckpoint", "{'a':'" + "y".repeat(2000) + "'}", "client", "cp", "rev", "")
          .saysNothing();
      PassiveSession session = nodes.session();
      long received = session.bytesReceived();
      assertTrue(received > 2000 && received < 2200, () -> received + " received");

      peer.asks("getCheckpoint", "", "client", "cp").property("rev");
      long sent = session.bytesSent();
      assertTrue(sent > 2000 && sent < 2400, () -> sent + " sent");
      assertTrue(session.bytesReceived() > received);
      peer.close();

      ScriptedPeer next = nodes.client(endpoint);
      next.asks("getCheckpoint", "", "client", "nobody").fails("HTTP", 404);
      assertTrue(nodes.session().bytesSent() < 200);
      next.close();
    }
  }

  @Test
  void whoTheListenerSaysItIsTheSessionSays() {
    try (Nodes nodes = new Nodes();
        Threads threads = new Threads()) {
      PeerContext ann = new PeerContext("x", "1.2.3.4:5", "ann", Set.of("staff"));
      PassiveConfiguration configuration =
          new PassiveConfiguration(
              List.of(nodes.database("there").getDefaultCollection()), false, true);
      PassiveSession session = new PassiveDoor(threads).serve(new Silence(), configuration, ann);
      assertSame(ann, session.peer());
      assertEquals(0, session.bytesSent() + session.bytesReceived());
    }
  }

  /** Nobody says anything. */
  private static final class Silence implements Channel {
    @Override
    public String protocol() {
      return "BLIP_3+CBMobile_3";
    }

    @Override
    public String remote() {
      return "1.2.3.4:5";
    }

    @Override
    public PeerFacts peer() {
      return new PeerFacts(null, List.of());
    }

    @Override
    public boolean metered() {
      return false;
    }

    @Override
    public void start(Receiver receiver) {}

    @Override
    public void resume() {}

    @Override
    public void send(List<byte[]> frames, Runnable written) {
      written.run();
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public void abort() {}
  }
}
