// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

/**
 * One thing an operator should know: what is wrong, and what to do.
 *
 * @param words whole sentences, without secrets
 */
public record Finding(Level level, String words) {

  /** How bad it is, the least first. */
  public enum Level {
    OK,
    /** It works, but somebody should look. */
    WARN,
    /** Under way; may mend itself. */
    UNAVAILABLE,
    /** It does not work, and will not by itself. */
    CRITICAL
  }

  public static Finding ok(String words) {
    return new Finding(Level.OK, words);
  }

  public static Finding warn(String words) {
    return new Finding(Level.WARN, words);
  }

  public static Finding unavailable(String words) {
    return new Finding(Level.UNAVAILABLE, words);
  }

  public static Finding critical(String words) {
    return new Finding(Level.CRITICAL, words);
  }
}
