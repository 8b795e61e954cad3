// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.channel;

import java.time.Duration;

/**
 * Decides when to ping and when to give the peer up, from nothing but times. All times are
 * nanoseconds of one clock. Another ping does not extend the time for the answer to the first, so a
 * dead peer is found however short the heartbeat is.
 */
final class Heartbeat {
  private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);

  /** What to do, and after how long to ask again. */
  record Verdict(Deed deed, long again) {}

  enum Deed {
    NOTHING,
    PING,
    GIVE_UP
  }

  private final long silence;
  private final long patience;
  private volatile long heard;
  private boolean asked;
  private long askedAt;

  Heartbeat(Duration heartbeat, long now) {
    Duration half = heartbeat.dividedBy(2);
    Duration least = half.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : half;
    Duration wait = least.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : least;
    this.silence = heartbeat.toNanos();
    this.patience = wait.toNanos();
    this.heard = now;
  }

  /** How long an answer may take. */
  Duration patience() {
    return Duration.ofNanos(patience);
  }

  /** Something came from the peer. Any thread. */
  void heard(long now) {
    heard = now;
  }

  /** To be called at the start and then whenever the last verdict says; by one thread at a time. */
  Verdict check(long now) {
    long quiet = now - heard;
    if (asked && heard - askedAt < 0) {
      long waited = now - askedAt;
      return waited >= patience
          ? new Verdict(Deed.GIVE_UP, 0)
          : new Verdict(Deed.NOTHING, patience - waited);
    }
    asked = quiet >= silence;
    if (!asked) {
      return new Verdict(Deed.NOTHING, silence - quiet);
    }
    askedAt = now;
    return new Verdict(Deed.PING, patience);
  }
}
