// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.ListenerAuthenticator.Demand;
import dev.divan.database.Database;
import dev.divan.database.DatabaseClosedException;
import dev.divan.database.ListenerToken;
import dev.divan.listener.ConnectionStatus;
import dev.divan.listener.Fakes;
import dev.divan.listener.Fakes.FakeAcceptor;
import dev.divan.listener.Fakes.FakeAuthenticator;
import dev.divan.listener.Fakes.FakeChannel;
import dev.divan.listener.Fakes.FakeContexts;
import dev.divan.listener.Fakes.FakeIdentities;
import dev.divan.listener.Fakes.FakePassive;
import dev.divan.listener.Fakes.Knock;
import dev.divan.listener.Lines;
import dev.divan.listener.ListenerException;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeDecision.Refuse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class DoorTest {
  private static final String PATH = "/notes/_blipsync";

  private final FakeAcceptor acceptor = new FakeAcceptor();
  private final FakePassive passive = new FakePassive();
  private final FakeContexts contexts = new FakeContexts();
  private final FakeAuthenticator staff = new FakeAuthenticator();
  private final Database database = Fakes.database("notes", "a.b");
  private final URLEndpointListenerConfiguration configuration =
      new URLEndpointListenerConfiguration(Set.of(database.getDefaultCollection()))
          .setNetworkInterface("127.0.0.1");
  private final List<Duration> delays = new ArrayList<>();
  private final List<CompletableFuture<Void>> delayed = new ArrayList<>();
  private Executor judging = Runnable::run;
  private long nanos;
  private Door door;

  private Door open() throws ListenerException {
    return open(Terms.of(configuration));
  }

  private Door open(Terms terms) throws ListenerException {
    staff.users.put("ann", "one");
    door =
        new Door(
            new Surroundings(
                acceptor, passive, contexts, new FakeIdentities(), task -> judging.execute(task)),
            terms,
            () -> {},
            () -> nanos,
            this::later,
            Duration.ofMillis(50));
    door.start();
    return door;
  }

  private CompletionStage<Void> later(Duration delay) {
    delays.add(delay);
    CompletableFuture<Void> end = new CompletableFuture<>();
    delayed.add(end);
    return end;
  }

  @AfterEach
  void close() {
    passive.sessions.forEach(Fakes.FakeSession::left);
    if (door != null) {
      door.close();
    }
  }

  private Refuse refusal(Knock knock) throws Exception {
    return acceptor.refusal(knock.request());
  }

  private static Knock ann() {
    return Knock.at(PATH).as("ann", "one");
  }

  private static Knock eve() {
    return Knock.at(PATH).as("eve", "guess");
  }

  @Test
  @DisplayName("4: selects exactly one offered sub-protocol, the client's first that is spoken")
  void conformance4() throws Exception {
    open();
    for (var offers :
        List.of(List.of(Fakes.V3, Fakes.V2), List.of("x", Fakes.V2, Fakes.V3), List.of(Fakes.V2))) {
      UpgradeDecision answer =
          acceptor.answer(Knock.at(PATH).offering(offers.toArray(String[]::new)).request());
      String first = offers.get(0).equals("x") ? offers.get(1) : offers.get(0);
      assertEquals(first, ((UpgradeDecision.Accept) answer).protocol());
    }
  }

  @Test
  @DisplayName("5, 113: no sub-protocol in common is a permanent 403 with a sentence")
  void conformance5And113() throws Exception {
    open();
    for (Knock knock :
        List.of(Knock.at(PATH).offering("BLIP_3+CBMobile_9"), Knock.at(PATH).offering())) {
      Refuse refused = refusal(knock);
      assertEquals(403, refused.status());
      assertTrue(refused.text().contains("this listener speaks [" + Fakes.V3), refused.text());
    }
  }

  @Test
  @DisplayName("6: every 401 has a challenge, and who authenticates only after it gets in")
  void conformance6() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    for (Knock knock :
        List.of(
            Knock.at(PATH),
            Knock.at(PATH).header("Bearer x"),
            Knock.at(PATH).header("Basic !!!"),
            eve())) {
      Refuse refused = refusal(knock);
      assertEquals(401, refused.status());
      assertEquals(
          "Basic realm=\"Divan\", charset=\"UTF-8\"", refused.headers().get("WWW-Authenticate"));
    }
    acceptor.enter(ann().request());
    assertEquals(1, door.refusedLogins(), "a missing login is no failed one");
  }

  @Test
  @DisplayName("7: accepts Authorization that comes unasked")
  void conformance7() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    acceptor.enter(ann().request());
    assertEquals("ann", passive.sessions.get(0).peer().principal());
    assertEquals(Set.of("staff"), passive.sessions.get(0).peer().roles());
    assertEquals("192.0.2.1:40000", passive.sessions.get(0).peer().address());
  }

  @Test
  @DisplayName("8: accepts non-ASCII credentials in UTF-8 and ISO-8859-1")
  void conformance8() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    staff.users.put("usér", "p:w");
    for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
      String header = "Basic " + Base64.getEncoder().encodeToString("usér:p:w".getBytes(charset));
      acceptor.enter(Knock.at(PATH).header(header).request());
    }
    assertEquals(2, door.getStatus().connectionCount());
  }

  @Test
  @DisplayName("105: stopped, it closes with 4001 so that clients come back")
  void conformance105() throws Exception {
    open();
    FakeChannel channel = acceptor.enter(Knock.at(PATH).request());
    door.stop();
    assertEquals("4001 listener is stopping", channel.ended);
    assertEquals(List.of("bound 50000", "closed 50000"), acceptor.events);
    assertEquals(0, door.getPort());
    assertEquals(List.of(), door.getUrls());
    assertNull(door.getTlsIdentity());
    assertEquals(503, refusal(Knock.at(PATH)).status());
    door.stop();
  }

  @Test
  void whoDoesNotLeaveWhenAskedIsCut() throws Exception {
    passive.stubborn = true;
    open();
    FakeChannel channel = acceptor.enter(Knock.at(PATH).request());
    door.stop();
    assertEquals("aborted", channel.ended);
    assertEquals(new ConnectionStatus(0, 0), door.getStatus());
  }

  @Test
  void onlyTheDatabasesOwnPathLeadsIn() throws Exception {
    open();
    for (String path :
        List.of(
            "/", "/notes", "/notes/", "/other/_blipsync", "/a" + PATH, PATH + "/", PATH + "x")) {
      assertEquals(404, refusal(Knock.at(path)).status(), path);
    }
  }

  @Test
  void anAwkwardDatabaseNameIsShownPlain() throws Exception {
    Database awkward = Fakes.database("_a/b c%");
    open(
        Terms.of(
            new URLEndpointListenerConfiguration(Set.of(awkward.getDefaultCollection()))
                .setNetworkInterface("127.0.0.1")));
    assertEquals(List.of(URI.create("wss://127.0.0.1:50000/-a-b%20c%25")), door.getUrls());
    acceptor.enter(Knock.at("/-a-b c%/_blipsync").request());
  }

  @Test
  void aStrangerLearnsNothingBeforeLoggingIn() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    assertEquals(401, refusal(Knock.at("/other/_blipsync")).status());
    assertEquals(401, refusal(eve().offering("x")).status());
    assertEquals(404, refusal(Knock.at("/other/_blipsync").as("ann", "one")).status());
  }

  @Test
  void passwordsAreWipedAfterTheVerdict() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    acceptor.answer(ann().request());
    refusal(Knock.at(PATH).as("ann", "two"));
    staff.seen.forEach(password -> assertArrayEquals(new char[3], password));
    assertEquals(2, staff.seen.size());
  }

  @Test
  void anAuthenticatorThatThrowsRefuses() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    assertEquals(401, refusal(Knock.at(PATH).as("bug", "x")).status());
  }

  @Test
  void anAbsentAuthenticatorLetsNobodyInUntilItIsBack() throws Exception {
    AtomicReference<ListenerAuthenticator> judge = new AtomicReference<>();
    open(
        new Terms(
            "lan",
            configuration,
            new Admission("staff", Demand.PASSWORD, judge::get),
            null,
            DocumentRule.everything(),
            DocumentRule.everything()));
    assertEquals(503, refusal(ann()).status());
    judge.set(staff);
    acceptor.enter(ann().request());
  }

  @Test
  void tooManyLoginsAtOnceAreTurnedAway() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    judging =
        task -> {
          throw new RejectedExecutionException("full");
        };
    assertEquals(503, refusal(ann()).status());
  }

  @Test
  void aCertificateIsDemandedWhereTheAuthenticatorJudgesThem() throws Exception {
    staff.demand = Demand.CERTIFICATE;
    configuration.setAuthenticator(staff);
    open();
    assertTrue(acceptor.request.clientCertificate());
    assertEquals(403, refusal(ann()).status());
    acceptor.enter(Knock.at(PATH).withCertificate().request());
    assertEquals("machine", passive.sessions.get(0).peer().principal());
    assertTrue(passive.sessions.get(0).peer().id().startsWith("sha256:039058c6f2c0cb49"));
  }

  @Test
  void certificatesWithoutTlsAreRefusedAtTheStart() {
    staff.demand = Demand.CERTIFICATE;
    configuration.setAuthenticator(staff).setDisableTLS(true);
    assertTrue(
        assertThrows(ListenerException.class, this::open).getMessage().contains("disableTLS"));
    assertEquals(List.of(), acceptor.events);
  }

  @Test
  void noMoreConnectionsThanAllowed() throws Exception {
    configuration.setMaxConnections(2);
    open();
    acceptor.enter(Knock.at(PATH).request());
    acceptor.enter(Knock.at(PATH).request());
    assertEquals(503, refusal(Knock.at(PATH)).status());
    passive.sessions.get(0).left();
    passive.sessions.get(1).busy = true;
    assertEquals(new ConnectionStatus(1, 1), door.getStatus());
    assertEquals(List.of(passive.sessions.get(1)), door.getSessions());
    acceptor.enter(Knock.at(PATH).request());
  }

  @Test
  void aBurstThatSlippedThroughIsSentAway() throws Exception {
    configuration.setMaxConnections(1);
    open();
    UpgradeDecision.Accept slow =
        (UpgradeDecision.Accept) acceptor.answer(Knock.at(PATH).request());
    acceptor.enter(Knock.at(PATH).request());
    FakeChannel late = channel();
    slow.opened().accept(late);
    assertTrue(late.ended.startsWith("4001 "), late.ended);
    assertEquals(1, door.getStatus().connectionCount());
  }

  private FakeChannel channel() throws Exception {
    FakeAcceptor other = new FakeAcceptor();
    Door elsewhere =
        new Door(
            new Surroundings(
                other, new FakePassive(), contexts, new FakeIdentities(), Runnable::run),
            Terms.of(configuration),
            () -> {});
    elsewhere.start();
    FakeChannel channel = other.enter(Knock.at(PATH).request());
    return channel;
  }

  @Test
  void failedLoginsInARowMakeAnAddressWaitLongerAndLonger() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    for (int i = 0; i < Slowdown.FREE; i++) {
      assertEquals(401, refusal(eve()).status());
    }
    assertEquals(List.of(), delays);
    for (int i = 0; i < 7; i++) {
      CompletableFuture<UpgradeDecision> answer =
          acceptor.knock(eve().request()).toCompletableFuture();
      assertFalse(answer.isDone());
      Refuse meanwhile = refusal(ann());
      assertEquals(429, meanwhile.status(), "one login at a time");
      assertEquals("30", meanwhile.headers().get("Retry-After"));
      assertInstanceOf(
          UpgradeDecision.Accept.class, acceptor.answer(ann().from("192.0.2.2").request()));
      delayed.get(i).complete(null);
      assertEquals(401, ((Refuse) answer.get()).status());
    }
    assertEquals(
        List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L), delays.stream().map(Duration::toSeconds).toList());
    assertInstanceOf(
        UpgradeDecision.Accept.class, acceptor.answer(ann().request()), "the right one at once");
    assertEquals(401, refusal(eve()).status(), "and all is forgiven");
    assertEquals(13, door.refusedLogins());
  }

  @Test
  void thereIsAUrlForEachAddressTheLoopbackLast() throws Exception {
    open();
    assertEquals(1, door.getUrls().size());
    door.close();
    configuration.setNetworkInterface(null);
    open();
    List<URI> urls = door.getUrls();
    assertTrue(urls.contains(URI.create("wss://127.0.0.1:" + door.getPort() + "/notes")));
    assertTrue(urls.get(urls.size() - 1).getHost().matches("127\\..*|\\[.*]"), urls.toString());
    for (URI url : urls) {
      assertEquals(door.getPort(), url.getPort());
      assertNotNull(url.getHost());
    }
  }

  @Test
  void anUnknownInterfaceIsRefusedInWords() {
    for (String unknown : List.of("nosuch0", "203.0.113.7", "1.2.3.4.5.6")) {
      configuration.setNetworkInterface(unknown);
      ListenerException refused = assertThrows(ListenerException.class, this::open);
      assertTrue(refused.getMessage().startsWith("networkInterface: "), refused.getMessage());
      assertTrue(refused.getMessage().contains(unknown), refused.getMessage());
    }
  }

  @Test
  void aPortInUseIsRefusedInWordsAndNothingStaysBehind() {
    acceptor.taken.add(4984);
    configuration.setPort(4984);
    ListenerException refused = assertThrows(ListenerException.class, this::open);
    assertEquals("port 4984 is in use", refused.getMessage());
    assertEquals(0, door.getPort());
    assertNull(door.getTlsIdentity());
  }

  @Test
  void theAnonymousIdentityIsShownWithoutANamedOneAndNoneWithoutTls() throws Exception {
    open();
    assertEquals("anonymous", contexts.source.get().getLabel());
    assertEquals("anonymous", door.getTlsIdentity().getLabel());
    door.close();
    configuration.setDisableTLS(true);
    open();
    assertNull(acceptor.request.tls());
    assertNull(door.getTlsIdentity());
    assertEquals("ws", door.getUrls().get(0).getScheme());
  }

  private Terms changed(URLEndpointListenerConfiguration next) {
    return Terms.of(next);
  }

  private URLEndpointListenerConfiguration copy() {
    return new URLEndpointListenerConfiguration(configuration);
  }

  @Test
  void aHotChangeKeepsSessionsAndSocket() throws Exception {
    open();
    FakeChannel channel = acceptor.enter(Knock.at(PATH).request());
    door.change(
        changed(
            copy()
                .setEnableDeltaSync(true)
                .setMaxConnections(7)
                .setAuthenticator(staff)
                .setTlsIdentity(Fakes.identity("other"))));
    assertEquals("", channel.ended);
    assertEquals(List.of("bound 50000"), acceptor.events);
    assertEquals("other", contexts.source.get().getLabel(), "the next handshake has it");
    assertEquals(401, refusal(Knock.at(PATH)).status(), "the next knock is judged");
    acceptor.enter(ann().request());
    assertTrue(passive.sessions.get(1).configuration.deltaSync());
  }

  @Test
  void aSessionChangeSendsEveryoneAwayToComeBack() throws Exception {
    open();
    FakeChannel first = acceptor.enter(Knock.at(PATH).request());
    door.change(changed(copy().setReadOnly(true)));
    assertEquals("4001 listener has changed", first.ended);
    FakeChannel second = acceptor.enter(Knock.at(PATH).request());
    assertTrue(passive.sessions.get(1).configuration.readOnly());
    door.change(
        changed(
            new URLEndpointListenerConfiguration(Set.of(database.getCollection("b", "a")))
                .setNetworkInterface("127.0.0.1")
                .setReadOnly(true)));
    assertEquals("4001 listener has changed", second.ended);
    assertEquals(List.of("bound 50000"), acceptor.events);
  }

  @Test
  void aNewPortOpensBeforeTheOldOneClosesAndSessionsStay() throws Exception {
    configuration.setPort(4984);
    open();
    FakeChannel channel = acceptor.enter(Knock.at(PATH).request());
    door.change(changed(copy().setPort(4985)));
    assertEquals(List.of("bound 4984", "bound 4985", "closed 4984"), acceptor.events);
    assertEquals("", channel.ended);
    assertEquals(4985, door.getPort());
  }

  @Test
  void aNewPortThatIsTakenLeavesEverythingAsItWas() throws Exception {
    configuration.setPort(4984);
    open();
    acceptor.taken.add(4985);
    assertThrows(
        ListenerException.class,
        () -> door.change(changed(copy().setPort(4985).setReadOnly(true))));
    assertEquals(4984, door.getPort());
    assertFalse(door.getConfiguration().isReadOnly());
    acceptor.enter(Knock.at(PATH).request());
  }

  @Test
  void tlsIsSwitchedOnTheSamePortAndClearSessionsEnd() throws Exception {
    configuration.setPort(4984).setDisableTLS(true);
    open();
    FakeChannel channel = acceptor.enter(Knock.at(PATH).request());
    door.change(changed(copy().setDisableTLS(false)));
    assertEquals(List.of("bound 4984", "closed 4984", "bound 4984"), acceptor.events);
    assertNotNull(acceptor.request.tls());
    assertEquals("4001 listener has changed", channel.ended);
  }

  @Test
  void whoComesInWhileTheTermsChangeDoesNotStayUnderTheOldOnes() throws Exception {
    open();
    UpgradeDecision.Accept slow =
        (UpgradeDecision.Accept) acceptor.answer(Knock.at(PATH).request());
    door.change(changed(copy().setReadOnly(true)));
    slow.opened().accept(channel());
    assertTrue(passive.sessions.get(0).configuration.readOnly());
  }

  private static final ReplicationFilter NOTHING = (document, flags, peer) -> false;

  private Terms ruled(DocumentRule sending, DocumentRule receiving) {
    return new Terms("lan", configuration, Admission.everyone(), null, sending, receiving);
  }

  @Test
  void filtersReachTheSessionEachInItsDirection() throws Exception {
    configuration.setSendFilter(NOTHING);
    open();
    acceptor.enter(Knock.at(PATH).request());
    PassiveConfiguration served = passive.sessions.get(0).configuration;
    assertSame(NOTHING, served.sendFilter().get());
    assertSame(PassiveConfiguration.EVERYTHING, served.receiveFilter().get());
    assertSame(NOTHING, door.getConfiguration().getSendFilter());
    assertNull(door.getConfiguration().getReceiveFilter());
  }

  @Test
  void whoIsInIsJudgedByTheFiltersOfNow() throws Exception {
    open();
    FakeChannel channel = acceptor.enter(Knock.at(PATH).request());
    PassiveConfiguration served = passive.sessions.get(0).configuration;
    assertSame(PassiveConfiguration.EVERYTHING, served.sendFilter().get());
    door.change(changed(copy().setSendFilter(NOTHING).setReceiveFilter(NOTHING)));
    assertSame(NOTHING, served.sendFilter().get());
    assertSame(NOTHING, served.receiveFilter().get());
    assertEquals("", channel.ended);
    door.change(changed(copy()));
    assertSame(PassiveConfiguration.EVERYTHING, served.receiveFilter().get());
    door.stop();
    assertNull(served.sendFilter().get(), "nothing passes a closed door");
  }

  @Test
  void whileAFilterIsAbsentNobodyIsLetInAndNothingPasses() throws Exception {
    AtomicReference<ReplicationFilter> filter = new AtomicReference<>();
    DocumentRule rule = new DocumentRule("staff", filter::get);
    open(ruled(rule, DocumentRule.everything()));
    assertEquals(503, refusal(Knock.at(PATH)).status());
    filter.set(NOTHING);
    FakeChannel channel = acceptor.enter(Knock.at(PATH).request());
    filter.set(null);
    assertNull(passive.sessions.get(0).configuration.sendFilter().get());
    assertEquals("", channel.ended, "the session decides when it has something to ask");
    door.change(ruled(DocumentRule.everything(), rule));
    assertEquals(503, refusal(Knock.at(PATH)).status());
    assertNull(passive.sessions.get(0).configuration.receiveFilter().get());
  }

  @Test
  void whoComesInIsAnnounced() throws Exception {
    open();
    List<PassiveSession> heard = new ArrayList<>();
    ListenerToken token = door.addSessionListener(heard::add);
    acceptor.enter(Knock.at(PATH).request());
    assertEquals(door.getSessions(), heard);
    door.stop();
    door.start();
    acceptor.enter(Knock.at(PATH).request());
    assertEquals(2, heard.size(), "another opening is the same door");
    token.remove();
    acceptor.enter(Knock.at(PATH).request());
    assertEquals(2, heard.size());
  }

  @Test
  void linesAboutAClientAndThoseOfItsJudgeNameIt() throws Exception {
    List<String> atTheJudge = new ArrayList<>();
    configuration.setAuthenticator(staff);
    judging =
        task -> {
          atTheJudge.add(String.valueOf(MDC.get("peer")));
          task.run();
          atTheJudge.add(String.valueOf(MDC.get("peer")));
        };
    open();
    try (Lines lines = new Lines()) {
      refusal(eve());
      refusal(Knock.at(PATH).as("bug", "x").from("2001:db8::1"));
      passive.faulty = true;
      assertEquals("4001 listener cannot serve now", acceptor.enter(ann().request()).ended);
      assertEquals(List.of("192.0.2.1:40000"), lines.peers("refused user eve"));
      assertEquals(
          List.of("[2001:db8:0:0:0:0:0:1]:40000"), lines.peers("FakeAuthenticator failed"));
      assertEquals(List.of("192.0.2.1:40000"), lines.peers("cannot be served"));
      assertEquals(Set.of("null"), Set.copyOf(atTheJudge), "nothing of it stays on the thread");
      assertNull(MDC.get("peer"));
    }
  }

  @Test
  void whoComesWhileTheDatabaseClosesIsToldToComeBackInOneLine() throws Exception {
    open();
    passive.closing = true;
    try (Lines lines = new Lines()) {
      FakeChannel channel = acceptor.enter(Knock.at(PATH).request());
      assertEquals("4001 the database is being closed", channel.ended);
      assertEquals(List.of(), lines.of(Level.ERROR));
      assertEquals(
          List.of(
              "listener notes: 192.0.2.1:40000 is told to come back: "
                  + new DatabaseClosedException("notes").getMessage()),
          lines.warnings());
    }
  }

  @Test
  void manyLoginsAtOnceAreNotCalledFailedOnes() throws Exception {
    configuration.setAuthenticator(staff);
    open();
    List<Runnable> waiting = new ArrayList<>();
    judging = waiting::add;
    for (int i = 0; i < Slowdown.FREE; i++) {
      acceptor.knock(ann().request());
    }
    Refuse burst = refusal(ann());
    assertEquals(429, burst.status());
    assertEquals("too many logins from your address at once; try again in a moment", burst.text());
    assertEquals("1", burst.headers().get("Retry-After"));
    waiting.forEach(Runnable::run);
    judging = Runnable::run;
    for (int i = 0; i < Slowdown.FREE; i++) {
      refusal(eve());
    }
    acceptor.knock(eve().request());
    Refuse failed = refusal(ann());
    assertEquals("too many failed logins from your address; try again later", failed.text());
    assertEquals("30", failed.headers().get("Retry-After"));
  }

  @Test
  void aStoppedDoorTakesChangesForWhenItIsStarted() throws Exception {
    configuration.setPort(4984);
    open();
    door.stop();
    assertTrue(door.isStopped());
    try (Lines lines = new Lines()) {
      door.change(changed(copy().setPort(4985)));
      assertEquals(
          List.of("listener notes: port 4984 → 4985 (counts when it is started)"),
          lines.of(Level.INFO));
    }
    assertEquals(0, door.getPort());
    assertEquals(4985, door.getConfiguration().getPort());
    door.start();
    assertFalse(door.isStopped());
    assertEquals(List.of("bound 4984", "closed 4984", "bound 4985"), acceptor.events);
  }

  @Test
  void aStartThatFailsLeavesADoorStopped() throws Exception {
    configuration.setPort(4984);
    open();
    door.stop();
    acceptor.taken.add(4984);
    assertEquals(
        "port 4984 is in use", assertThrows(ListenerException.class, door::start).getMessage());
    assertTrue(door.isStopped());
    door.change(changed(copy().setReadOnly(true)));
    assertEquals(0, door.getPort(), "and nothing but a start opens it");
  }

  @Test
  void aDoorThatHasLostItsPortIsNotStoppedAndOpensByTheNextChange() throws Exception {
    configuration.setPort(4984).setDisableTLS(true);
    open();
    acceptor.robbed = true;
    assertThrows(ListenerException.class, () -> door.change(changed(copy().setDisableTLS(false))));
    assertEquals(0, door.getPort());
    assertFalse(door.isStopped());
    acceptor.robbed = false;
    door.change(changed(copy().setDisableTLS(false)));
    assertEquals(4984, door.getPort());
    acceptor.robbed = true;
    assertThrows(ListenerException.class, () -> door.change(changed(copy())));
    door.stop();
    assertTrue(door.isStopped());
  }

  @Test
  void aRetiredDoorDoesNotOpenAgain() throws Exception {
    open();
    assertFalse(door.retire());
    assertTrue(assertThrows(ListenerException.class, door::start).getMessage().contains("is gone"));
    assertEquals(List.of("bound 50000", "closed 50000"), acceptor.events);
    open();
    door.stop();
    assertTrue(door.retire(), "it had been stopped");
  }

  @Test
  void anAuthenticatorsChangeIsSaidInOneWord() throws Exception {
    open();
    try (Lines lines = new Lines()) {
      door.change(changed(copy().setAuthenticator(staff)));
      assertEquals(
          List.of(
              "listener notes: authenticator open to everyone → FakeAuthenticator"
                  + " (hot: counts for the next connection)"),
          lines.of(Level.INFO));
    }
  }

  @Test
  void anOpenDoorSaysWhatStrangersCanDo() throws Exception {
    configuration.setNetworkInterface(null);
    assertEquals(
        List.of(
            "listener notes: everyone who reaches it can read and write the database notes;"
                + " set authenticator"),
        warnings(copy()));
    assertEquals(
        List.of(
            "listener notes: passwords and data travel in clear, for everyone on the way to"
                + " read; unset disableTLS"),
        warnings(copy().setDisableTLS(true).setAuthenticator(staff)));
    assertEquals(2, warnings(copy().setDisableTLS(true).setReadOnly(true)).size());
    assertEquals(List.of(), warnings(copy().setAuthenticator(staff)));
    assertEquals(List.of(), warnings(copy().setDisableTLS(true).setNetworkInterface("127.0.0.1")));
  }

  @Test
  void aDoorThatLosesItsAuthenticatorByAChangeSaysSoToo() throws Exception {
    configuration.setNetworkInterface(null).setAuthenticator(staff);
    open();
    try (Lines lines = new Lines()) {
      door.change(changed(copy().setAuthenticator(null)));
      assertEquals(1, lines.warnings().size());
      door.change(changed(copy().setAuthenticator(null).setMaxConnections(7)));
      assertEquals(1, lines.warnings().size(), "not again for another change");
    }
  }

  private List<String> warnings(URLEndpointListenerConfiguration of) throws Exception {
    try (Lines lines = new Lines()) {
      open(Terms.of(of)).close();
      return lines.warnings();
    }
  }
}
