// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.divan.transport.jetty.channel.Heartbeat.Deed;
import dev.divan.transport.jetty.channel.Heartbeat.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void silenceBringsAPingAndThenTheEnd() {
    Heartbeat heart = new Heartbeat(Duration.ofSeconds(10), 0);
    assertEquals(new Verdict(Deed.NOTHING, 10 * SECOND), heart.check(0));
    assertEquals(new Verdict(Deed.PING, 5 * SECOND), heart.check(10 * SECOND));
    assertEquals(Deed.GIVE_UP, heart.check(15 * SECOND).deed());
  }

  @Test
  void anythingHeardIsAnAnswer() {
    Heartbeat heart = new Heartbeat(Duration.ofSeconds(10), 0);
    heart.check(10 * SECOND);
    heart.heard(11 * SECOND);
    assertEquals(new Verdict(Deed.NOTHING, 6 * SECOND), heart.check(15 * SECOND));
    assertEquals(Deed.PING, heart.check(21 * SECOND).deed());
  }

  @Test
  void patienceIsBetweenOneAndTwentySeconds() {
    assertEquals(Duration.ofSeconds(1), new Heartbeat(Duration.ofMillis(50), 0).patience());
    assertEquals(Duration.ofSeconds(4), new Heartbeat(Duration.ofSeconds(8), 0).patience());
    assertEquals(Duration.ofSeconds(20), new Heartbeat(Duration.ofMinutes(5), 0).patience());
  }

  @Test
  void aHeartbeatShorterThanThePatienceStillEnds() {
    Heartbeat heart = new Heartbeat(Duration.ofMillis(100), 0);
    long now = 0;
    Verdict verdict = heart.check(now);
    int pings = 0;
    while (verdict.deed() != Deed.GIVE_UP && now < 10 * SECOND) {
      pings += verdict.deed() == Deed.PING ? 1 : 0;
      now += verdict.again();
      verdict = heart.check(now);
    }
    assertEquals(1, pings);
    assertEquals(Duration.ofMillis(1100).toNanos(), now);
  }

  @Test
  void aTalkativePeerIsNeverAsked() {
    Heartbeat heart = new Heartbeat(Duration.ofSeconds(1), 0);
    long now = 0;
    for (int i = 0; i < 100; i++) {
      Verdict verdict = heart.check(now);
      assertEquals(Deed.NOTHING, verdict.deed());
      heart.heard(now + verdict.again() / 2);
      now += verdict.again();
    }
  }
}
