// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RemoteSequencesTest {

  @Test
  void theMarkWaitsForEveryRowBeforeIt() {
    RemoteSequences sequences = new RemoteSequences(null);
    RemoteSequences.Row first = sequences.announced("1");
    RemoteSequences.Row second = sequences.announced("2");
    sequences.settle(second);
    assertNull(sequences.mark());
    assertEquals(2, sequences.open());
    sequences.settle(first);
    assertEquals("2", sequences.mark());
    assertEquals(0, sequences.open());
  }

  @DisplayName("conformance 50: sequences are kept as the JSON they came as")
  @Test
  void opaqueSequences() {
    RemoteSequences sequences = new RemoteSequences("\"20::35\"");
    assertEquals("\"20::35\"", sequences.mark());
    sequences.settle(sequences.announced("\"100:36\""));
    assertEquals("\"100:36\"", sequences.mark());
    sequences.settle(sequences.announced("37"));
    assertEquals("37", sequences.mark());
  }

  @DisplayName("conformance 102: a row with a lower sequence than one before is taken as it comes")
  @Test
  void lowerSequences() {
    RemoteSequences sequences = new RemoteSequences(null);
    sequences.settle(sequences.announced("9"));
    sequences.settle(sequences.announced("4"));
    assertEquals(0, sequences.open());
  }

  @Test
  void settlingTwiceIsHarmless() {
    RemoteSequences sequences = new RemoteSequences(null);
    RemoteSequences.Row row = sequences.announced("1");
    sequences.announced("2");
    sequences.settle(row);
    sequences.settle(row);
    assertEquals("1", sequences.mark());
    assertEquals(1, sequences.open());
  }

  @Test
  void inWhateverOrderRowsAreSettledTheMarkNeverPassesAnOpenOne() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      RemoteSequences sequences = new RemoteSequences("0");
      List<Integer> open = new ArrayList<>();
      List<RemoteSequences.Row> rows = new ArrayList<>();
      for (int i = 1; i <= 30; i++) {
        rows.add(sequences.announced("" + i));
        open.add(i);
      }
      while (!open.isEmpty()) {
        int settled = open.remove(random.nextInt(open.size()));
        sequences.settle(rows.get(settled - 1));
        int first = open.isEmpty() ? 31 : open.stream().mapToInt(i -> i).min().getAsInt();
        assertEquals("" + (first - 1), sequences.mark());
      }
    }
  }
}
