// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clock shows a time that can be, and goes evenly: certificates, expirations and the order of
 * edits hang on it. Compares it with {@code nanoTime}, from look to look. May be used by all
 * threads.
 */
public final class ClockRule {
  /** How long a jump is told, so that who looks now and then hears of it. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  /** No certificate of ours lasts as long. */
  private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

  private final Instant built;
  private Instant wall;
  private long nanos;
  private @Nullable Duration jump;
  private long noticed;

  /**
   * @param built when this software was made; no clock can be right before that
   */
  public ClockRule(Instant built, Instant wall, long nanos) {
    this.built = built;
    this.wall = wall;
    this.nanos = nanos;
  }

  public synchronized List<Finding> judge(Instant now, long nanosNow, Thresholds thresholds) {
    Duration moved = Duration.between(wall, now).minus(Duration.ofNanos(nanosNow - nanos));
    wall = now;
    nanos = nanosNow;
    if (moved.abs().compareTo(thresholds.clockJump()) > 0) {
      jump = moved;
      noticed = nanosNow;
    } else if (jump != null && nanosNow - noticed > REMEMBERED.toNanos()) jump = null;
    List<Finding> findings = new ArrayList<>();
    if (now.isBefore(built))
      findings.add(
          Finding.critical(
              "the clock shows "
                  + now
                  + ", but this software was made at "
                  + built
                  + ". Set it, or have it set from the network (NTP): certificates are refused."));
    if (!now.isBefore(NEVER))
      findings.add(Finding.critical("the clock shows " + now + ", which cannot be. Set it."));
    if (jump != null) findings.add(jumped(jump));
    if (findings.isEmpty()) findings.add(Finding.ok("the clock goes evenly and shows " + now));
    return findings;
  }

  private static Finding jumped(Duration jump) {
    String far = Ages.words(jump.abs());
    return Finding.warn(
        jump.isNegative()
            ? "the clock was set back by "
                + far
                + ". Expirations come late, and of two edits the earlier may win. Have it kept"
                + " by NTP, which moves it gently."
            : "the clock was set forward by "
                + far
                + ", or the machine slept. Documents may have expired early. Have the clock kept"
                + " by NTP.");
  }
}
