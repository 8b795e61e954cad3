// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.time.Duration;

/** Lengths of time as people say them. */
final class Ages {
  private static final int MOST_SECONDS = 120;
  private static final int MOST_MINUTES = 120;
  private static final int MOST_HOURS = 48;

  private Ages() {}

  static String words(Duration age) {
    if (age.toSeconds() < MOST_SECONDS) return age.toSeconds() + " s";
    if (age.toMinutes() < MOST_MINUTES) return age.toMinutes() + " minutes";
    if (age.toHours() < MOST_HOURS) return age.toHours() + " hours";
    return age.toDays() + " days";
  }
}
