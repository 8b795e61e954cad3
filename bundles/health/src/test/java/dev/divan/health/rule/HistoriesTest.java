// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.health.rule.Finding.Level;
import dev.divan.instance.Settings;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoriesTest {
  private static final ReplicatorException LOST =
      new ReplicatorException(Domain.NETWORK, ReplicatorException.NETWORK_LOST, true, "lost", null);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private static ReplicatorStatus status(
      ReplicatorActivityLevel level, long completed, ReplicatorException error) {
    return new ReplicatorStatus(level, new ReplicatorProgress(completed, 10), error);
  }

  private final SessionHistory history =
      new SessionHistory(status(ReplicatorActivityLevel.CONNECTING, 0, null), 0);

  @Test
  void theErrorIsRememberedUntilItIsConnectedOrStoppedByHand() {
    history.seen(status(ReplicatorActivityLevel.OFFLINE, 0, LOST), 1);
    history.seen(status(ReplicatorActivityLevel.CONNECTING, 0, null), 2);
    assertSame(LOST, history.error());
    history.seen(status(ReplicatorActivityLevel.BUSY, 0, null), 3);
    assertNull(history.error());
    history.seen(status(ReplicatorActivityLevel.OFFLINE, 0, LOST), 4);
    history.seen(status(ReplicatorActivityLevel.STOPPED, 0, null), 5);
    assertNull(history.error());
    history.seen(status(ReplicatorActivityLevel.STOPPED, 0, LOST), 6);
    assertSame(LOST, history.error());
  }

  @Test
  void apartIsTheTimeSinceItWasConnected() {
    history.seen(status(ReplicatorActivityLevel.IDLE, 0, null), MINUTE);
    assertEquals(Duration.ZERO, history.apart(5 * MINUTE));
    history.seen(status(ReplicatorActivityLevel.OFFLINE, 0, LOST), 6 * MINUTE);
    history.seen(status(ReplicatorActivityLevel.CONNECTING, 0, null), 7 * MINUTE);
    assertEquals(Duration.ofMinutes(2), history.apart(8 * MINUTE));
  }

  @Test
  void anyProgressEndsTheQuiet() {
    history.seen(status(ReplicatorActivityLevel.BUSY, 1, null), MINUTE);
    history.seen(status(ReplicatorActivityLevel.BUSY, 1, null), 3 * MINUTE);
    assertEquals(Duration.ofMinutes(3), history.quiet(4 * MINUTE));
    history.seen(status(ReplicatorActivityLevel.BUSY, 2, null), 4 * MINUTE);
    assertEquals(Duration.ZERO, history.quiet(4 * MINUTE));
  }

  @Test
  void pendingDocumentsAgeUntilTheirNumberFalls() {
    PendingHistory pending = new PendingHistory();
    assertEquals(5, pending.documents(() -> 5, 0));
    assertEquals(7, pending.documents(() -> 7, 10 * MINUTE));
    assertEquals(Duration.ofMinutes(12), pending.age(12 * MINUTE));
    assertEquals(6, pending.documents(() -> 6, 13 * MINUTE));
    assertEquals(Duration.ZERO, pending.age(13 * MINUTE));
    assertEquals(0, pending.documents(() -> 0, 20 * MINUTE));
    assertEquals(Duration.ZERO, pending.age(30 * MINUTE));
    assertEquals(1, pending.documents(() -> 1, 40 * MINUTE));
    assertEquals(Duration.ofMinutes(1), pending.age(41 * MINUTE), "not since it was counted first");
  }

  @Test
  void theDatabaseIsNotAskedTwiceInAMinute() {
    PendingHistory pending = new PendingHistory();
    pending.documents(() -> 5, 0);
    assertEquals(5, pending.documents(() -> 9, MINUTE - 1));
    assertEquals(9, pending.documents(() -> 9, MINUTE));
  }

  private static final Instant BUILT = Instant.parse("2026-11-23T00:00:00Z");
  private final Thresholds usual = Thresholds.of(new Settings("dev.divan.health", Map.of()));

  private Level clock(ClockRule rule, Instant now, Duration since) {
    List<Finding> findings = rule.judge(now, since.toNanos(), usual);
    assertEquals(1, findings.size(), findings::toString);
    return findings.get(0).level();
  }

  @Test
  void aClockThatGoesEvenlyIsGreenHoweverLongNobodyLooks() {
    Instant start = BUILT.plusSeconds(100);
    ClockRule rule = new ClockRule(BUILT, start, 0);
    Duration days = Duration.ofDays(40);
    assertEquals(Level.OK, clock(rule, start.plus(days).plusSeconds(59), days));
  }

  @Test
  void aJumpIsToldForAnHour() {
    Instant start = BUILT.plusSeconds(100_000);
    ClockRule rule = new ClockRule(BUILT, start, 0);
    Instant back = start.minusSeconds(300);
    assertEquals(Level.WARN, clock(rule, back, Duration.ZERO));
    assertTrue(rule.judge(back, 0, usual).get(0).words().contains("set back by 5 minutes"));
    Duration hour = Duration.ofHours(1);
    assertEquals(Level.WARN, clock(rule, back.plus(hour), hour));
    Duration later = hour.plusSeconds(1);
    assertEquals(Level.OK, clock(rule, back.plus(later), later));
  }

  @Test
  void aTimeThatCannotBeIsRed() {
    Instant early = Instant.parse("1970-01-01T00:05:00Z");
    assertEquals(Level.CRITICAL, clock(new ClockRule(BUILT, early, 0), early, Duration.ZERO));
    Instant late = Instant.parse("2106-02-07T06:28:15Z");
    assertEquals(Level.CRITICAL, clock(new ClockRule(BUILT, late, 0), late, Duration.ZERO));
  }
}
