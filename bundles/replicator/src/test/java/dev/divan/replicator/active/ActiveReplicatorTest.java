// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Authenticator;
import dev.divan.auth.BasicAuthenticator;
import dev.divan.database.Database;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.testing.ManualTimer;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.Run;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.testkit.await.Await;
import dev.divan.transport.Channel;
import dev.divan.transport.DialException;
import dev.divan.transport.DialException.Reason;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Dialer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialling, coming back, giving up, stopping; in a time that the test makes. */
class ActiveReplicatorTest {
  private final ManualTimer timer = new ManualTimer();
  private final Nodes nodes = new Nodes(timer);
  private final Database here = nodes.database("here");
  private final Nodes.Stage stage = nodes.stage();
  private final BlockingQueue<Dialling> dialled = new LinkedBlockingQueue<>();

  /** A dialer that waits for the test. */
  private final Dialer dialer =
      request -> {
        CompletableFuture<Channel> channel = new CompletableFuture<>();
        dialled.add(new Dialling(request, channel));
        return channel;
      };

  private record Dialling(DialRequest request, CompletableFuture<Channel> channel) {
    void fails(DialException failure) {
      channel.completeExceptionally(failure);
    }
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private ReplicatorConfiguration configuration() {
    return new ReplicatorConfiguration(stage.endpoint())
        .addCollection(here.getDefaultCollection())
        .setType(ReplicatorType.PULL);
  }

  private Dialling dials() {
    return Await.next(dialled, () -> "a dial");
  }

  private static DialException status(int status) {
    return new DialException(status, Map.of(), "by script");
  }

  /** Lets an attempt meet the script. */
  private ScriptedPeer connects(Dialling dialling) {
    dialling.channel.complete(nodes.dial(stage.endpoint()));
    return stage.next();
  }

  @DisplayName("conformance 1, 2: dials _blipsync below the database, offers what it speaks")
  @Test
  void dialRequest() {
    nodes.start(
        new ReplicatorConfiguration(URLEndpoint.of("ws://host:4984/notes"))
            .addCollection(here.getDefaultCollection())
            .setHeaders(Map.of("Cookie", "a=b"))
            .setAuthenticator(new BasicAuthenticator("user", "secret".toCharArray())),
        dialer);
    DialRequest request = dials().request;
    assertEquals("ws://host:4984/notes/_blipsync", request.uri().toString());
    assertEquals(List.of("BLIP_3+CBMobile_3", "BLIP_3+CBMobile_2"), request.protocols());
    assertEquals("a=b", request.headers().get("Cookie"));
    assertTrue(request.headers().get("Authorization").startsWith("Basic "));
    assertNull(request.tls());
  }

  @DisplayName("conformance 3: a 101 without an offered sub-protocol is a permanent failure")
  @Test
  void wrongProtocol() {
    Run run = nodes.start(configuration(), dialer);
    dials().fails(new DialException(Reason.PROTOCOL, "no such sub-protocol", null));
    assertEquals(Domain.WEBSOCKET, run.stops().error().getDomain());
  }

  @DisplayName("conformance 9: HTTP 408, 429, 502, 503, 504 are tried again")
  @ParameterizedTest
  @ValueSource(ints = {408, 429, 502, 503, 504})
  void transientStatus(int status) {
    Run run = nodes.start(configuration(), dialer);
    dials().fails(status(status));
    ReplicatorStatus offline = run.reaches(ReplicatorActivityLevel.OFFLINE);
    assertEquals(status, offline.error().getCode());
    timer.next().end().run();
    dials();
  }

  @DisplayName("conformance 9: other statuses are not")
  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 404, 500, 501})
  void permanentStatus(int status) {
    Run run = nodes.start(configuration().setContinuous(true), dialer);
    dials().fails(status(status));
    run.fails(Domain.HTTP, status);
  }

  @DisplayName("conformance 10: after 2, 4, 8 … s, at most 10 attempts for a one-shot")
  @Test
  void oneShotGivesUp() {
    Run run = nodes.start(configuration(), dialer);
    for (long seconds : new long[] {2, 4, 8, 16, 32, 64, 128, 256, 300}) {
      dials().fails(new DialException(Reason.REFUSED, "nobody there", null));
      ManualTimer.Pause pause = timer.next();
      assertEquals(seconds, pause.seconds());
      pause.end().run();
    }
    dials().fails(new DialException(Reason.REFUSED, "nobody there", null));
    run.fails(Domain.NETWORK, 19);
    assertTrue(dialled.isEmpty());
  }

  @DisplayName("conformance 10: counting begins anew after a successful open")
  @Test
  void countingBeginsAnew() {
    nodes.start(configuration().setContinuous(true), dialer);
    for (int i = 0; i < 3; i++) {
      dials().fails(status(503));
      timer.next().end().run();
    }
    connects(dials()).closes(4001);
    ManualTimer.Pause pause = timer.next();
    assertEquals(2, pause.seconds());
    pause.end().run();
    dials();
  }

  @DisplayName("conformance 11: close 4001 is transient")
  @Test
  void transientClose() {
    Run run = nodes.start(configuration(), dialer);
    connects(dials()).closes(4001);
    assertEquals(4001, run.reaches(ReplicatorActivityLevel.OFFLINE).error().getCode());
  }

  @DisplayName("conformance 11: close 1000, 1001, 1008, 1011, 4002 from the peer are permanent")
  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1008, 1011, 4002})
  void permanentCloses(int code) {
    Run run = nodes.start(configuration().setContinuous(true), dialer);
    connects(dials()).closes(code);
    assertEquals(Domain.WEBSOCKET, run.stops().error().getDomain());
  }

  @DisplayName("conformance 11: a lost connection is transient")
  @Test
  void lostConnection() {
    Run run = nodes.start(configuration(), dialer);
    Channel channel = nodes.dial(stage.endpoint());
    dials().channel.complete(channel);
    stage.next().hears("getCollections");
    channel.abort();
    assertEquals(Domain.NETWORK, run.reaches(ReplicatorActivityLevel.OFFLINE).error().getDomain());
  }

  @DisplayName("conformance 12, 105: a finished one-shot closes with 1000 and waits for the echo")
  @Test
  void finishes() {
    Run run = nodes.start(configuration(), dialer);
    ScriptedPeer server = connects(dials());
    server.hears("getCollections").isAnswered("[{}]");
    server.hears("subChanges").isAnswered();
    server.tells("changes", "[]", "collection", "0");
    server.isClosedWith(1000);
    run.ends();
  }

  @DisplayName("a peer that never answers is waited for, and left when told to stop")
  @Test
  void silentPeer() {
    Run run = nodes.start(configuration(), dialer);
    ScriptedPeer server = connects(dials());
    server.hears("getCollections");
    assertEquals(ReplicatorActivityLevel.BUSY, run.replicator().getStatus().activityLevel());
    assertFalse(run.replicator().openWork().isEmpty());
    run.replicator().stop();
    server.isClosedWith(1000);
    run.ends();
    assertEquals(List.of(), run.replicator().openWork());
  }

  /** A peer that has sent a document, and has not been asked to keep the checkpoint yet. */
  private ScriptedPeer sendsOneDocument() {
    ScriptedPeer server = connects(dials());
    server.hears("getCollections").isAnswered("[{}]");
    server.hears("subChanges").isAnswered();
    server.asks("changes", "[[7,'a','1-aa']]", "collection", "0").comes();
    server
        .asks("rev", "{}", "id", "a", "rev", "1-aa", "sequence", "7", "collection", "0")
        .saysNothing();
    return server;
  }

  @Test
  void stoppingSavesWhatIsDone() {
    Run run = nodes.start(configuration().setContinuous(true), dialer);
    ScriptedPeer server = sendsOneDocument();
    run.replicator().stop();
    server.hears("setCheckpoint").isAnswered("", "rev", "1-cc");
    server.isClosedWith(1000);
    run.ends();
  }

  @Test
  void aPeerThatDoesNotTakeTheCheckpointIsLeftAfterThreeSeconds() {
    Run run = nodes.start(configuration().setContinuous(true), dialer);
    ScriptedPeer server = sendsOneDocument();
    run.replicator().stop();
    server.hears("setCheckpoint");
    ManualTimer.Pause patience = timer.next();
    assertEquals(3, patience.seconds());
    patience.end().run();
    server.isClosedWith(1000);
    run.ends();
  }

  @Test
  void stoppingWhileDiallingGivesTheAttemptUp() {
    Run run = nodes.start(configuration(), dialer);
    Dialling dialling = dials();
    run.replicator().stop();
    run.ends();
    assertTrue(dialling.channel.isCancelled());
  }

  @Test
  void stoppingWhileOfflineStopsAtOnce() {
    Run run = nodes.start(configuration().setContinuous(true), dialer);
    dials().fails(status(503));
    run.reaches(ReplicatorActivityLevel.OFFLINE);
    run.replicator().stop();
    run.ends();
    timer.next().end().run();
    assertTrue(dialled.isEmpty());
  }

  @Test
  void stoppingTwiceOrBeforeStartingIsHarmless() {
    Run run = nodes.start(configuration(), dialer);
    dials();
    run.replicator().stop();
    run.replicator().stop();
    run.ends();
    run.replicator().stop();
    run.replicator().start();
    connects(dials()).closes(4002);
    assertEquals(4002, run.stops().error().getCode());
  }

  @Test
  void aDialerThatThrowsIsAFailureLikeAnother() {
    Run run =
        nodes.start(
            configuration(),
            request -> {
              throw new IllegalStateException("out of order");
            });
    assertEquals(Domain.LOCAL, run.stops().error().getDomain());
  }

  private Run startAs(Supplier<Map<String, String>> headers) {
    return nodes.start(
        configuration()
            .setAuthenticator(
                new Authenticator() {
                  @Override
                  public Map<String, String> headers() {
                    return headers.get();
                  }

                  @Override
                  public Map<String, String> answer(List<String> challenges) {
                    return challenges.contains("Ticket") ? Map.of("Ticket", "42") : null;
                  }
                }),
        dialer);
  }

  @Test
  void anAuthenticatorThatThrowsIsAFailureLikeAnother() {
    Run run =
        startAs(
            () -> {
              throw new IllegalArgumentException("broken");
            });
    assertEquals(Domain.LOCAL, run.stops().error().getDomain());
  }

  @Test
  void anAuthenticatorThatHasNoTicketJustNowIsAskedAgain() {
    Run run =
        startAs(
            () -> {
              throw new IllegalStateException("no ticket");
            });
    assertEquals(Domain.LOCAL, run.reaches(ReplicatorActivityLevel.OFFLINE).error().getDomain());
  }

  @Test
  void aChallengeIsAnsweredOnceWithAllHeaders() {
    Run run = startAs(() -> Map.of("Who", "me"));
    Map<String, List<String>> challenge = Map.of("www-authenticate", List.of("Ticket"));
    dials().fails(new DialException(401, challenge, "by script"));
    Dialling answer = dials();
    assertEquals(Map.of("Who", "me", "Ticket", "42"), answer.request.headers());
    answer.fails(new DialException(401, challenge, "by script"));
    run.fails(Domain.HTTP, 401);
  }

  @Test
  void aChallengeWithoutAnAnswerStands() {
    Run run = startAs(Map::of);
    dials().fails(new DialException(401, Map.of(), "by script"));
    run.fails(Domain.HTTP, 401);
    assertTrue(dialled.isEmpty());
  }

  @DisplayName("a hot change ends the pause, and counts when dialling")
  @Test
  void aChangeWhileOfflineIsTriedAtOnce() {
    Run run = nodes.start(configuration().setContinuous(true), dialer);
    dials().fails(status(503));
    run.reaches(ReplicatorActivityLevel.OFFLINE);
    ((ActiveReplicator) run.replicator())
        .change(configuration().setContinuous(true).setHeaders(Map.of("Cookie", "fresh")));
    assertEquals("fresh", dials().request.headers().get("Cookie"));
    assertTrue(dialled.isEmpty());
  }

  @Test
  void anotherPeerIsNoHotChange() {
    Run run = nodes.start(configuration(), dialer);
    dials();
    ActiveReplicator replicator = (ActiveReplicator) run.replicator();
    ReplicatorConfiguration other = configuration().setType(ReplicatorType.PUSH);
    assertThrows(IllegalArgumentException.class, () -> replicator.change(other));
  }

  @DisplayName("a breach of the protocol by the peer ends the run, and is told")
  @Test
  void brokenFrames() {
    Run run = nodes.start(configuration(), nodes.line());
    ScriptedPeer server = stage.next();
    server.hears("getCollections").isAnswered("[{}]");
    server.hears("subChanges").isAnswered();
    server.closes(1002);
    assertEquals(Domain.WEBSOCKET, run.stops().error().getDomain());
  }

  @Test
  void aListenerThatThrowsIsNoHarm() {
    Run run = nodes.start(configuration(), dialer);
    run.replicator()
        .addChangeListener(
            change -> {
              throw new AssertionError("a bad listener");
            });
    dials().fails(status(403));
    run.fails(Domain.HTTP, 403);
  }

  @Test
  void aReplicatorNeedsACollection() {
    ReplicatorConfiguration none = new ReplicatorConfiguration(stage.endpoint());
    assertThrows(IllegalArgumentException.class, () -> nodes.start(none, dialer));
  }
}
