// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission<Integer, String> admission = new Admission<>(2);

  @Test
  void whoWaitedLongestGoesForOneTooMany() {
    for (int i = 0; i < 2 + Admission.SPARE; i++) {
      assertNull(admission.arrived(i, "guest " + i));
    }
    assertEquals("guest 0", admission.arrived(100, "late"));
    assertNull(admission.enter(0));
    assertEquals("late", admission.enter(100));
    assertEquals("guest 1", admission.arrived(101, "later"));
  }

  @Test
  void aPlaceIsFreeAgainWhenItsHolderLeft() {
    for (int i = 0; i < 3; i++) {
      admission.arrived(i, "guest " + i);
    }
    admission.enter(0);
    admission.enter(1);
    assertTrue(admission.full());
    assertNull(admission.enter(2));
    assertNull(admission.left(0));
    assertEquals("guest 2", admission.enter(2));
    admission.left(1);
    admission.left(2);
    assertTrue(admission.empty());
  }
}
