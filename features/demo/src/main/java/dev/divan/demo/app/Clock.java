// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The wall clock of this machine, which both nodes share; so their readings can be compared. */
final class Clock {
  private Clock() {}

  static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
