// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import java.time.Duration;

/**
 * How bad the line is. Frames are never lost or swapped within a channel, as with TCP; the whole
 * connection is.
 *
 * @param latency one way
 * @param jitter up to this much more, drawn per frame
 * @param loss probability, per frame, that the connection breaks instead of carrying it; 0 to 1
 * @param cutAfter the connection breaks after this many frames, both directions together; 0 for
 *     never
 * @param seed of the draws: the same seed and the same traffic give the same run
 */
public record Impairment(Duration latency, Duration jitter, double loss, int cutAfter, long seed) {

  /** A perfect line. */
  public static final Impairment NONE = new Impairment(Duration.ZERO, Duration.ZERO, 0, 0, 0);

  public Impairment {
    if (latency.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("latency and jitter must not be negative");
    }
    if (!(loss >= 0 && loss <= 1)) {
      throw new IllegalArgumentException("loss must be between 0 and 1, not " + loss);
    }
    if (cutAfter < 0) {
      throw new IllegalArgumentException("cutAfter must not be negative, but is " + cutAfter);
    }
  }

  public Impairment withLatency(Duration value) {
    return new Impairment(value, jitter, loss, cutAfter, seed);
  }

  public Impairment withJitter(Duration value) {
    return new Impairment(latency, value, loss, cutAfter, seed);
  }

  public Impairment withLoss(double value) {
    return new Impairment(latency, jitter, value, cutAfter, seed);
  }

  public Impairment withCutAfter(int frames) {
    return new Impairment(latency, jitter, loss, frames, seed);
  }

  public Impairment withSeed(long value) {
    return new Impairment(latency, jitter, loss, cutAfter, value);
  }

  boolean slow() {
    return !latency.isZero() || !jitter.isZero();
  }
}
