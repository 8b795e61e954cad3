// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SequenceSetTest {
  private static final int ALL = 1000;

  private static String text(SequenceSet set) {
    StringBuilder text = new StringBuilder();
    for (long[] range : set.ranges(ALL))
      text.append(range[0]).append('+').append(range[1]).append(' ');
    return text.toString().trim();
  }

  @Test
  void nothingScannedIsNothingSettled() {
    SequenceSet set = new SequenceSet(0);
    assertEquals(0, set.settled());
    assertEquals("0+1", text(set));
    assertFalse(set.contains(1));
  }

  @Test
  void settledReachesToTheFirstPending() {
    SequenceSet set = new SequenceSet(0);
    for (long s = 1; s <= 5; s++) set.add(s);
    assertEquals(0, set.settled());
    set.remove(1);
    set.remove(2);
    set.remove(4);
    assertEquals(2, set.settled());
    assertTrue(set.contains(4));
    assertFalse(set.contains(3));
    set.remove(3);
    assertEquals(4, set.settled());
    set.remove(5);
    assertEquals(5, set.settled());
    assertEquals(0, set.pendingCount());
  }

  @DisplayName("conformance 49: ranges of start and count, beginning with 0")
  @Test
  void rangesOnTheWire() {
    SequenceSet set = new SequenceSet(0);
    set.scannedTo(5);
    set.add(3);
    assertEquals("0+3 4+2", text(set));
  }

  @Test
  void aScanNeverGoesBack() {
    SequenceSet set = new SequenceSet(7);
    set.scannedTo(3);
    assertEquals(7, set.scanned());
  }

  @Test
  void tooManyRangesLeaveOutTheLaterOnes() {
    SequenceSet set = new SequenceSet(0);
    for (long s = 2; s <= 100; s += 2) {
      set.add(s);
      set.scannedTo(s + 1);
    }
    List<long[]> ranges = set.ranges(3);
    assertEquals(3, ranges.size());
    SequenceSet read = SequenceSet.ofRanges(ranges);
    assertEquals(5, read.scanned());
    assertEquals(List.of(2L, 4L), read.pending());
  }

  @DisplayName("conformance 49: ranges written and read again are the same set")
  @Test
  void randomRoundTrips() {
    Random random = new Random(49);
    for (int round = 0; round < 500; round++) {
      SequenceSet set = random(random);
      SequenceSet read = SequenceSet.ofRanges(set.ranges(ALL));
      for (long s = 1; s <= set.scanned() + 2; s++)
        assertEquals(set.contains(s), read.contains(s), "sequence " + s);
      assertEquals(set.settled(), read.settled());
    }
  }

  @DisplayName("conformance 48: an intersection holds what both hold")
  @Test
  void randomIntersections() {
    Random random = new Random(48);
    for (int round = 0; round < 500; round++) {
      SequenceSet one = random(random);
      SequenceSet other = random(random);
      SequenceSet both = SequenceSet.intersection(one, other);
      for (long s = 1; s <= 60; s++)
        assertEquals(one.contains(s) && other.contains(s), both.contains(s), "sequence " + s);
    }
  }

  @Test
  void behavesAsAPlainSetWould() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      SequenceSet set = new SequenceSet(0);
      TreeSet<Long> open = new TreeSet<>();
      long scanned = 0;
      for (int step = 0; step < 100; step++) {
        if (random.nextBoolean()) {
          open.add(++scanned);
          set.add(scanned);
        } else if (!open.isEmpty()) {
          Long any = new ArrayList<>(open).get(random.nextInt(open.size()));
          open.remove(any);
          set.remove(any);
        }
        assertEquals(open.isEmpty() ? scanned : open.first() - 1, set.settled());
        assertEquals(List.copyOf(open), set.pending());
      }
    }
  }

  private static SequenceSet random(Random random) {
    SequenceSet set = new SequenceSet(0);
    set.scannedTo(random.nextInt(50));
    for (int i = random.nextInt(10); i > 0 && set.scanned() > 0; i--)
      set.add(1 + random.nextInt((int) set.scanned()));
    return set;
  }
}
