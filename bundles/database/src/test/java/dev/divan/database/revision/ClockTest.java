// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClockTest {
  private long wall = 0x1780000000012345L;
  private final Clock clock = new Clock(() -> wall);

  @Test
  void timesGrowThoughTheWallClockStandsOrGoesBack() {
    assertEquals(0x1780000000010000L, clock.next(0));
    assertEquals(0x1780000000010001L, clock.next(0));
    wall = 0x1700000000000000L;
    assertEquals(0x1780000000010002L, clock.next(0));
    wall = 0x1790000000001111L;
    assertEquals(0x1790000000000000L, clock.next(0));
  }

  @Test
  void ourOwnVersionInADocumentIsPassed() {
    assertEquals(0x17a0000000000001L, clock.next(0x17a0000000000000L));
  }

  @Test
  void anEarlierLifeIsRemembered() {
    clock.advance(0x17a0000000000000L);
    assertEquals(0x17a0000000000001L, clock.next(0));
    clock.advance(1);
    assertEquals(0x17a0000000000002L, clock.next(0));
  }
}
