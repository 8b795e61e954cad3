// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.URLEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final ReplicatorConfiguration configuration =
      new ReplicatorConfiguration(URLEndpoint.of("ws://host:1/db"));

  private static List<Long> pauses(Retry retry, int attempts) {
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < attempts; i++) {
      retry.failed();
      if (!retry.mayTryAgain()) break;
      seconds.add(retry.pause().toSeconds());
    }
    return seconds;
  }

  @DisplayName("conformance 10: 2, 4, 8 … seconds, at most 10 attempts for a one-shot")
  @Test
  void oneShot() {
    assertEquals(
        List.of(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L),
        pauses(new Retry(configuration), 100));
  }

  @DisplayName("conformance 10: capped at 300 s, without end if continuous")
  @Test
  void continuous() {
    List<Long> pauses = pauses(new Retry(configuration.setContinuous(true)), 1000);
    assertEquals(1000, pauses.size());
    assertEquals(List.of(2L, 4L, 8L), pauses.subList(0, 3));
    assertTrue(pauses.subList(8, 1000).stream().allMatch(s -> s == 300));
  }

  @DisplayName("conformance 10: counting begins anew after a successful open")
  @Test
  void beginsAnew() {
    Retry retry = new Retry(configuration);
    pauses(retry, 9);
    retry.connected();
    assertEquals(9, pauses(retry, 100).size());
  }

  @Test
  void asConfigured() {
    configuration.setMaxAttempts(3).setMaxAttemptWaitTime(Duration.ofSeconds(3));
    assertEquals(List.of(2L, 3L), pauses(new Retry(configuration), 100));
  }

  @Test
  void oneAttemptIsNoSecondTry() {
    Retry retry = new Retry(configuration.setMaxAttempts(1).setContinuous(true));
    retry.failed();
    assertFalse(retry.mayTryAgain());
  }

  @Test
  void noPauseIsEverNothing() {
    configuration.setMaxAttemptWaitTime(Duration.ZERO);
    assertEquals(List.of(1L, 1L), pauses(new Retry(configuration), 2));
  }
}
