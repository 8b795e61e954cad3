// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param check its name
 * @param what it saw
 * @param fix what to do about it; null if nothing
 */
public record Finding(Mark mark, String check, String what, @Nullable String fix) {

  /** How it stands. */
  public enum Mark {
    GOOD,
    /** Does not hinder now, but should be looked at. */
    DOUBT,
    /** This is why they do not sync. */
    BAD,
    /** Could not be looked at. */
    UNKNOWN
  }

  static Finding good(String check, String what) {
    return new Finding(Mark.GOOD, check, what, null);
  }

  static Finding doubt(String check, String what, String fix) {
    return new Finding(Mark.DOUBT, check, what, fix);
  }

  static Finding bad(String check, String what, String fix) {
    return new Finding(Mark.BAD, check, what, fix);
  }

  static Finding unknown(String check, String what) {
    return new Finding(Mark.UNKNOWN, check, what, null);
  }
}
