// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import java.time.Duration;
import java.util.Random;

/**
 * What the two ends of one connection share: the line's quality and one lock, since most events
 * change both ends.
 */
final class Wire {
  final Timeline timeline;
  private final Impairment impairment;
  private final Random random;
  private int carried;

  Wire(Timeline timeline, Impairment impairment, long seed) {
    this.timeline = timeline;
    this.impairment = impairment;
    this.random = new Random(seed);
  }

  /** Whether frames need time to travel. */
  boolean slow() {
    return impairment.slow();
  }

  Duration latency() {
    return impairment.latency();
  }

  /** The time the next frame needs. */
  Duration journey() {
    long jitter = impairment.jitter().toNanos();
    return jitter == 0
        ? impairment.latency()
        : impairment.latency().plusNanos((long) (random.nextDouble() * jitter));
  }

  /** Counts one frame; false if the connection breaks under it. */
  boolean carries() {
    carried++;
    if (impairment.cutAfter() > 0 && carried > impairment.cutAfter()) {
      return false;
    }
    return impairment.loss() == 0 || random.nextDouble() >= impairment.loss();
  }
}
