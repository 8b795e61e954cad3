// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.divan.testkit.fake.Fake;
import dev.divan.tls.TLSIdentity;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ManagedIdentityTest {
  private static long daysLeft(String now) {
    TLSIdentity identity =
        Fake.of(
            TLSIdentity.class,
            new Object() {
              Instant getExpiration() {
                return Instant.parse("2026-12-01T00:00:00Z");
              }
            });
    return new ManagedIdentity(identity, Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
        .getDaysLeft();
  }

  @Test
  void daysLeftAreWholeAndNegativeOnceItHasExpired() {
    assertEquals(2, daysLeft("2026-11-28T12:00:00Z"));
    assertEquals(0, daysLeft("2026-11-30T12:00:00Z"));
    assertEquals(-1, daysLeft("2026-12-01T12:00:00Z"));
  }

  @Test
  void theKeyIsNotAmongWhatIsShown() {
    for (Method method : IdentityMXBean.class.getMethods())
      assertFalse(method.getName().contains("Key"), method.getName());
  }
}
