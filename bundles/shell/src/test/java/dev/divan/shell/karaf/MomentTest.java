// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MomentTest {
  private final Moment moment = new Moment();

  @AfterEach
  void close() {
    moment.close();
  }

  @Test
  void whoAnswersLateIsNeitherWaitedForNorInterrupted() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    String answer =
        moment.ask(
            () -> {
              try {
                slow.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              ended.countDown();
              return "late";
            },
            "none");
    assertEquals("none", answer);
    assertEquals("none", moment.ask(() -> "at once", "none"), "the first is still open");
    slow.countDown();
    ended.await();
    assertEquals("again", moment.ask(() -> "again", "none"));
    assertFalse(interrupted.get());
  }

  @Test
  void whoAsksAgainAtOnceIsAnswered() {
    for (int i = 0; i < 1000; i++) {
      int number = i;
      assertEquals(number, moment.ask(() -> number, -1));
    }
  }

  @Test
  void whoFailsHasNoAnswer() {
    assertEquals(
        "none",
        moment.ask(
            () -> {
              throw new NoClassDefFoundError("gone");
            },
            "none"));
  }

  @Test
  void afterTheEndThereAreNoAnswers() {
    moment.close();
    assertEquals("none", moment.ask(() -> "at once", "none"));
  }
}
