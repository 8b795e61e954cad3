// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import dev.divan.instance.Settings;
import java.time.Duration;
import java.util.List;

/**
 * From where on something is worth a word.
 *
 * @param certificateWarning time left of a certificate
 * @param stuck busy without any progress
 * @param pending documents waiting to be pushed without any progress
 * @param diskWarning bytes left
 * @param diskCritical bytes left
 * @param clockJump how far the clock may move by itself between two looks
 * @param directories watched beside those of the stores
 */
public record Thresholds(
    Duration certificateWarning,
    Duration stuck,
    Duration pending,
    long diskWarning,
    long diskCritical,
    Duration clockJump,
    List<String> directories) {
  private static final int YEARS_OF_DAYS = 3650;
  private static final int MINUTES_OF_YEAR = 527_040;
  private static final int DAY_SECONDS = 86_400;
  private static final long MB = 1_000_000;

  public Thresholds {
    directories = List.copyOf(directories);
  }

  /**
   * @throws IllegalArgumentException naming the property
   */
  public static Thresholds of(Settings settings) {
    int warning = settings.integer("diskWarnMB", 1_000, 0, Integer.MAX_VALUE);
    int critical = settings.integer("diskCriticalMB", 200, 0, Integer.MAX_VALUE);
    if (settings.text("diskWarnMB") != null && critical > warning)
      throw settings.fault("diskCriticalMB", "cannot be more than diskWarnMB, " + warning);
    return new Thresholds(
        Duration.ofDays(settings.integer("certificateWarnDays", 30, 0, YEARS_OF_DAYS)),
        Duration.ofMinutes(settings.integer("stuckMinutes", 5, 1, MINUTES_OF_YEAR)),
        Duration.ofMinutes(settings.integer("pendingMinutes", 15, 1, MINUTES_OF_YEAR)),
        Math.max(warning, critical) * MB,
        critical * MB,
        Duration.ofSeconds(settings.integer("clockJumpSeconds", 60, 1, DAY_SECONDS)),
        settings.list("directories"));
  }
}
