// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class UnitsTest {

  @Test
  void bytesHaveTwoDigitsOrThreeAndADecimalUnit() {
    assertEquals("0 B", Units.bytes(0));
    assertEquals("999 B", Units.bytes(999));
    assertEquals("1.0 kB", Units.bytes(1000));
    assertEquals("10 kB", Units.bytes(9960));
    assertEquals("1.0 MB", Units.bytes(999_600));
    assertEquals("9.2 EB", Units.bytes(Long.MAX_VALUE));
  }

  @Test
  void countsHaveCommasInEveryLocale() {
    assertEquals("1,234,567", Units.count(1_234_567));
    assertEquals("1 document", Units.count(1, "document"));
    assertEquals("0 documents", Units.count(0, "document"));
  }

  @Test
  void durationsNameTheTwoGreatestUnits() {
    assertEquals("0 s", Units.duration(Duration.ZERO));
    assertEquals("2 min 5 s", Units.duration(Duration.ofSeconds(125)));
    assertEquals("1 h", Units.duration(Duration.ofSeconds(3601)));
    assertEquals("3 d 4 h", Units.duration(Duration.ofHours(76).plusMinutes(5)));
    Instant now = Instant.EPOCH;
    assertEquals("5 s ago", Units.distance(now, now.minusSeconds(5)));
    assertEquals("in 1 d", Units.distance(now, now.plusSeconds(86_400)));
  }

  @Test
  void ratesAreASecondAndNeverNegative() {
    assertEquals("0/s", Units.rate(0, Duration.ofSeconds(1)));
    assertEquals("0/s", Units.rate(-5, Duration.ofSeconds(1)));
    assertEquals("0.5/s", Units.rate(1, Duration.ofSeconds(2)));
    assertEquals("1,500/s", Units.rate(3000, Duration.ofSeconds(2)));
    assertEquals("1.5 kB/s", Units.byteRate(3000, Duration.ofSeconds(2)));
  }

  @Test
  void timesAreIsoInLocalTimeToTheSecond() {
    assertEquals(
        "1970-01-01T01:00:00+01:00",
        Units.time(Instant.ofEpochMilli(999), ZoneId.of("Europe/Berlin")));
  }

  @Test
  void fingerprintsHaveColons() {
    assertEquals("5e:1f:00", Units.fingerprint("5e1f00"));
  }
}
