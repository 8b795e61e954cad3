// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers as people write them, the same in every locale. */
public final class Units {
  private static final String[] SIZES = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Units() {}

  /** {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1,234 documents}, {@code 1 document}. */
  public static String count(long number, String what) {
    return count(number) + " " + what + (number == 1 ? "" : "s");
  }

  /** {@code 512 B}, {@code 1.5 kB}, {@code 23 MB}; a kB is 1,000 bytes. */
  public static String bytes(long bytes) {
    if (bytes < 1000) return bytes + " B";
    double rest = bytes;
    int size = -1;
    while (rest >= 999.5) {
      rest /= 1000;
      size++;
    }
    return String.format(Locale.ROOT, rest < 9.95 ? "%.1f %s" : "%.0f %s", rest, SIZES[size]);
  }

  /** {@code 12/s}, {@code 0.4/s}; nothing is {@code 0/s}. */
  public static String rate(long difference, Duration over) {
    double rate = perSecond(difference, over);
    return rate > 0 && rate < 9.95
        ? String.format(Locale.ROOT, "%.1f/s", rate)
        : count(Math.round(rate)) + "/s";
  }

  /** {@code 1.5 kB/s}. */
  public static String byteRate(long difference, Duration over) {
    return bytes(Math.round(perSecond(difference, over))) + "/s";
  }

  private static double perSecond(long difference, Duration over) {
    return Math.max(0, difference) * 1e9 / Math.max(1, over.toNanos());
  }

  /** The two greatest units: {@code 3 d 4 h}, {@code 2 min 5 s}, {@code 7 s}. */
  public static String duration(Duration duration) {
    long seconds = Math.abs(duration.toSeconds());
    long[] parts = {seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
    String[] units = {"d", "h", "min", "s"};
    int first = 0;
    while (first < 3 && parts[first] == 0) first++;
    String text = parts[first] + " " + units[first];
    if (first < 3 && parts[first + 1] > 0) text += " " + parts[first + 1] + " " + units[first + 1];
    return text;
  }

  /** {@code in 3 d 4 h}, or {@code 5 min ago}. */
  public static String distance(Instant from, Instant to) {
    String text = duration(Duration.between(from, to));
    return to.isBefore(from) ? text + " ago" : "in " + text;
  }

  /** ISO 8601 in local time, to the second: {@code 2026-11-23T21:00:19+01:00}. */
  public static String time(Instant instant) {
    return time(instant, ZoneId.systemDefault());
  }

  static String time(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
  }

  /** {@code 5e:1f:…}: as OpenSSL and our listeners write it. */
  public static String fingerprint(String hexadecimal) {
    return String.join(":", hexadecimal.split("(?<=\\G..)"));
  }
}
