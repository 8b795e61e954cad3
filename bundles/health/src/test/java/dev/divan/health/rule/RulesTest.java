// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.health.rule.Finding.Level;
import dev.divan.instance.Settings;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Thresholds USUAL = Thresholds.of(new Settings("dev.divan.health", Map.of()));
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private static Finding only(List<Finding> findings) {
    assertEquals(1, findings.size(), findings::toString);
    return findings.get(0);
  }

  private static void says(Finding finding, Level level, String... words) {
    assertEquals(level, finding.level(), finding.words());
    for (String word : words) assertTrue(finding.words().contains(word), finding.words());
  }

  private static NoticeFacts notice(String pid, boolean refused, String sentence) {
    return new NoticeFacts(pid, "lan", pid + "-lan.cfg", refused, sentence, false);
  }

  private static ListenerFacts listener(
      int port, boolean exposed, String named, boolean present, boolean clear) {
    return new ListenerFacts(
        "lan", port, List.of("wss://10.0.0.2:4984/notes"), exposed, named, present, clear, false);
  }

  private static Finding judged(ListenerFacts listener) {
    return only(ListenerRule.judge(List.of(listener), List.of()));
  }

  @Test
  void aListenerThatListensAndAsksWhoComesIsGreen() {
    says(judged(listener(4984, true, "staff", true, false)), Level.OK, "wss://10.0.0.2:4984");
    says(judged(listener(4984, true, null, true, false)), Level.OK);
    says(judged(listener(4984, false, null, false, true)), Level.OK);
  }

  @Test
  void aListenerOpenToEveryoneOnTheNetworkIsAmber() {
    says(judged(listener(4984, true, null, false, false)), Level.WARN, "everyone", "authenticator");
  }

  @Test
  void aListenerInClearOnTheNetworkIsAmber() {
    says(judged(listener(4984, true, "staff", true, true)), Level.WARN, "in clear", "disableTLS");
  }

  @Test
  void anAbsentAuthenticatorIsRedAndNamed() {
    says(judged(listener(4984, true, "staff", false, false)), Level.CRITICAL, "nobody", "staff");
  }

  @Test
  void aListenerStoppedByHandIsAmber() {
    says(judged(listener(0, true, "staff", true, false)), Level.WARN, "stopped by hand");
  }

  @Test
  void aListenerWithoutAnIdentityIsRed() {
    says(
        judged(new ListenerFacts("lan", 1, List.of(), true, "staff", true, false, true)),
        Level.CRITICAL,
        "identity");
  }

  @Test
  void aListenerThatCannotOpenIsRedAndOthersNoticesAreNot() {
    NoticeFacts taken = notice(ListenerRule.FACTORY, false, "port 4984 is taken");
    NoticeFacts other = notice("dev.divan.replicator", false, "waits for database");
    says(
        only(ListenerRule.judge(List.of(), List.of(taken, other))),
        Level.CRITICAL,
        "port 4984 is taken",
        "dev.divan.listener-lan.cfg");
    says(only(ListenerRule.judge(List.of(), List.of(other))), Level.OK);
  }

  @Test
  void aRefusedConfigurationIsRedUnlessTheFormerOneRunsOn() {
    String fault = "dev.divan.listener lan: port is a number";
    NoticeFacts refused = notice(ListenerRule.FACTORY, true, fault);
    NoticeFacts runsOn =
        notice(ListenerRule.FACTORY, true, fault + "; it runs on as configured before");
    says(only(ConfigurationRule.judge(List.of(refused))), Level.CRITICAL, fault, "-lan.cfg");
    says(only(ConfigurationRule.judge(List.of(runsOn))), Level.WARN, fault, "-lan.cfg");
    says(only(ListenerRule.judge(List.of(), List.of(refused))), Level.CRITICAL, "not open");
    says(only(ListenerRule.judge(List.of(), List.of(runsOn))), Level.WARN);
  }

  @Test
  void whatWaitsMayMendItselfAndWhatFailedDoesNot() {
    String pid = "dev.divan.database";
    says(
        only(ConfigurationRule.judge(List.of(notice(pid, false, "waits for store (name=a)")))),
        Level.UNAVAILABLE,
        "(name=a)");
    says(
        only(ConfigurationRule.judge(List.of(notice(pid, false, "cannot be opened: damaged")))),
        Level.CRITICAL,
        "damaged");
    says(only(ConfigurationRule.judge(List.of())), Level.OK);
  }

  @Test
  void aReplicatorOrIdentityThatIsNotThereIsToldByItsOwnCheck() {
    NoticeFacts replicator = notice("dev.divan.replicator", false, "waits for database (name=a)");
    NoticeFacts identity = notice("dev.divan.tls.imported", true, "the password is wrong");
    List<NoticeFacts> both = List.of(replicator, identity);
    says(only(SessionRule.judge(List.of(), both, USUAL)), Level.UNAVAILABLE, "waits for database");
    says(
        only(CertificateRule.judge(List.of(), both, USUAL, NOW)),
        Level.CRITICAL,
        "the password is wrong");
  }

  @Test
  void whatIsSaidOfAnInstanceAtWorkIsAmber() {
    NoticeFacts moves =
        new NoticeFacts("dev.divan.database", "a", null, false, "moves to store b: 40 %", true);
    says(only(ConfigurationRule.judge(List.of(moves))), Level.WARN, "40 %", "It is at work");
    says(only(StoreRule.judge(List.of(), List.of(moves))), Level.WARN);
    NoticeFacts stays =
        new NoticeFacts(ListenerRule.FACTORY, "lan", null, false, "port 1 is taken", true);
    says(only(ListenerRule.judge(List.of(), List.of(stays))), Level.WARN);
  }

  private static Finding session(
      ReplicatorActivityLevel activity, boolean continuous, ReplicatorException error, int quiet) {
    return only(
        SessionRule.judge(
            List.of(
                new SessionFacts(
                    "site-b",
                    "wss://b:4984/notes",
                    continuous,
                    activity,
                    error,
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(quiet),
                    List.of("answer to rev 7"))),
            List.of(),
            USUAL));
  }

  private static ReplicatorException error(Domain domain, int code) {
    return new ReplicatorException(domain, code, true, "no route", null);
  }

  @Test
  void aReplicatorThatCannotReachItsPeerIsAmberAlsoWhileItTriesAgain() {
    ReplicatorException refused = error(Domain.NETWORK, ReplicatorException.NETWORK_REFUSED);
    for (ReplicatorActivityLevel level :
        List.of(ReplicatorActivityLevel.OFFLINE, ReplicatorActivityLevel.CONNECTING))
      says(
          session(level, true, refused, 0),
          Level.WARN,
          "3 minutes",
          "no route",
          "that the peer runs");
    says(session(ReplicatorActivityLevel.CONNECTING, true, null, 0), Level.OK);
  }

  @Test
  void aReplicatorThatHasGivenUpIsRed() {
    ReplicatorException login = error(Domain.HTTP, 401);
    says(
        session(ReplicatorActivityLevel.STOPPED, true, login, 0),
        Level.CRITICAL,
        "given up",
        "user name and password");
    says(session(ReplicatorActivityLevel.STOPPED, false, login, 0), Level.WARN);
    says(session(ReplicatorActivityLevel.STOPPED, true, null, 0), Level.OK, "is stopped");
  }

  @Test
  void busyWithoutProgressIsAmberAndSaysWhatItWaitsFor() {
    says(session(ReplicatorActivityLevel.BUSY, true, null, 4), Level.OK);
    says(session(ReplicatorActivityLevel.BUSY, true, null, 5), Level.WARN, "answer to rev 7");
    says(session(ReplicatorActivityLevel.IDLE, true, null, 500), Level.OK);
  }

  @Test
  void everyDomainHasAnAdvice() {
    for (Domain domain : Domain.values())
      for (int code : new int[] {2, 19, 401, 403, 404, 429, 500})
        assertTrue(Advice.on(error(domain, code)).endsWith("."), domain + " " + code);
  }

  private static Finding pending(int documents, int minutes, String failure) {
    return only(
        PendingRule.judge(
            List.of(
                new PendingFacts(
                    "site-b", "wss://b/x", documents, Duration.ofMinutes(minutes), failure)),
            USUAL));
  }

  @Test
  void documentsThatWaitTooLongAreAmber() {
    says(pending(0, 0, null), Level.OK, "pushed everything");
    says(pending(1204, 14, null), Level.OK, "1,204 documents");
    says(pending(1204, 15, null), Level.WARN, "1,204 documents", "15 minutes");
    says(pending(0, 0, "database is closed: notes"), Level.WARN, "database is closed");
  }

  private static Finding certificate(String from, String until) {
    return only(
        CertificateRule.judge(
            List.of(
                new CertificateFacts(
                    "gate", Instant.parse(from), Instant.parse(until), List.of("lan"))),
            List.of(),
            USUAL,
            NOW));
  }

  @Test
  void aCertificateIsAmberBeforeItExpiresAndRedAfter() {
    String from = "2026-01-01T00:00:00Z";
    says(certificate(from, "2026-12-23T12:00:00Z"), Level.OK);
    says(certificate(from, "2026-12-23T11:59:59Z"), Level.WARN, "29 days", "listener lan");
    says(certificate(from, "2026-11-23T12:00:00Z"), Level.CRITICAL, "expired");
    says(certificate("2026-11-24T00:00:00Z", "2030-01-01T00:00:00Z"), Level.CRITICAL, "clock");
  }

  private static Finding disk(long usable, boolean readOnly, String failure) {
    return only(
        DiskRule.judge(
            List.of(new DiskFacts("/data", usable, 8_000_000_000L, readOnly, failure)), USUAL));
  }

  @Test
  void aFullDiskIsAmberAndThenRed() {
    says(disk(1_000_000_000, false, null), Level.OK, "1,000 MB", "8,000");
    says(disk(999_999_999, false, null), Level.WARN);
    says(disk(199_999_999, false, null), Level.CRITICAL);
    says(disk(5_000_000_000L, true, null), Level.CRITICAL, "cannot be written");
    says(disk(0, false, "no such file"), Level.CRITICAL, "no such file");
  }

  @Test
  void aStoreThatDoesNotAnswerIsRed() {
    says(
        only(StoreRule.judge(List.of(new StoreFacts("database", "notes", "closed")), List.of())),
        Level.CRITICAL,
        "database notes",
        "closed");
    says(
        only(StoreRule.judge(List.of(new StoreFacts("store", "main", null)), List.of())), Level.OK);
    NoticeFacts refused = notice("dev.divan.store.xodus", true, "directory is none");
    NoticeFacts other = notice("dev.divan.listener", true, "port");
    says(only(StoreRule.judge(List.of(), List.of(refused, other))), Level.CRITICAL, "directory");
  }

  @Test
  void thresholdsAreConfiguredAndFaultyOnesNamed() {
    Settings settings =
        new Settings(
            "dev.divan.health",
            Map.of("stuckMinutes", "2", "diskWarnMB", 300, "directories", "/a, /b"));
    Thresholds thresholds = Thresholds.of(settings);
    assertEquals(Duration.ofMinutes(2), thresholds.stuck());
    assertEquals(300_000_000, thresholds.diskWarning());
    assertEquals(List.of("/a", "/b"), thresholds.directories());
    for (Map<String, String> faulty :
        List.of(
            Map.of("stuckMinutes", "0"),
            Map.of("pendingMinutes", "soon"),
            Map.of("diskWarnMB", "100", "diskCriticalMB", "200"))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Thresholds.of(new Settings("dev.divan.health", faulty)))
              .getMessage();
      assertTrue(faulty.keySet().stream().anyMatch(message::contains), message);
    }
  }
}
