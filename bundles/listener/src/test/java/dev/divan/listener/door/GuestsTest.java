// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.divan.database.ListenerToken;
import dev.divan.listener.Fakes.FakeAcceptor;
import dev.divan.listener.Fakes.FakeChannel;
import dev.divan.listener.Fakes.FakePassive;
import dev.divan.listener.Fakes.FakeSession;
import dev.divan.listener.Fakes.Knock;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.transport.BindRequest;
import dev.divan.transport.UpgradeDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GuestsTest {
  private final Guests guests = new Guests(Duration.ofMillis(50));
  private final FakePassive passive = new FakePassive();
  private final List<PassiveSession> heard = new ArrayList<>();

  private FakeSession comes() throws Exception {
    FakeAcceptor acceptor = new FakeAcceptor();
    acceptor.bind(
        new BindRequest(null, 0, null, false, Duration.ZERO, Duration.ZERO, 1),
        request ->
            CompletableFuture.completedFuture(new UpgradeDecision.Accept("x", channel -> {})));
    FakeChannel channel = acceptor.enter(Knock.at("/").request());
    passive.serve(
        channel,
        new PassiveConfiguration(List.of(), false, false),
        new PeerContext("x", "x", null, Set.of()));
    FakeSession session = passive.sessions.get(passive.sessions.size() - 1);
    guests.add(session, channel);
    return session;
  }

  @Test
  void whoCameBeforeIsNotAnnouncedAndWhoLeavesIsNotEither() throws Exception {
    comes();
    guests.announceTo(heard::add);
    assertEquals(List.of(), heard);
    FakeSession session = comes();
    assertEquals(List.of(session), heard);
    session.left();
    assertEquals(List.of(session), heard);
  }

  @Test
  void whoIsAnnouncedIsInTheList() throws Exception {
    List<List<PassiveSession>> present = new ArrayList<>();
    guests.announceTo(session -> present.add(guests.list()));
    FakeSession session = comes();
    assertEquals(List.of(List.of(session)), present);
  }

  @Test
  void aTokenTakesOneListenerBackAndTwiceIsOnce() throws Exception {
    Consumer<PassiveSession> listener = heard::add;
    ListenerToken first = guests.announceTo(listener);
    guests.announceTo(listener);
    comes();
    assertEquals(2, heard.size(), "given twice is told twice");
    first.remove();
    first.remove();
    comes();
    assertEquals(3, heard.size());
  }

  @Test
  void aListenerThatFailsKeepsNobodyOutAndNoOtherFromHearing() throws Exception {
    guests.announceTo(
        session -> {
          throw new IllegalStateException("a bug");
        });
    guests.announceTo(heard::add);
    FakeSession session = comes();
    assertEquals(List.of(session), heard);
    assertEquals(List.of(session), guests.list());
  }
}
