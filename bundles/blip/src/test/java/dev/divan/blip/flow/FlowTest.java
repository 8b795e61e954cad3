// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowTest {
  private final SendQueue<Named> queue = new SendQueue<>();

  static final class Named extends Outbound {
    final String name;

    Named(String name) {
      super(Character.isUpperCase(name.charAt(0)));
      this.name = name;
    }

    Named begun() {
      sent(1);
      return this;
    }
  }

  private String order() {
    StringBuilder order = new StringBuilder();
    for (Named m; (m = queue.poll()) != null; ) {
      order.append(m.name);
    }
    return order.toString();
  }

  private void add(String names) {
    for (char c : names.toCharArray()) {
      queue.add(new Named(String.valueOf(c)));
    }
  }

  private void addBegun(String names) {
    for (char c : names.toCharArray()) {
      queue.add(new Named(String.valueOf(c)).begun());
    }
  }

  @Test
  void normalMessagesTakeTurns() {
    add("abc");
    Named first = queue.poll();
    queue.add(first.begun());
    assertEquals("bca", order());
  }

  @Test
  void anUrgentMessageGetsAheadOfThoseBegun() {
    addBegun("abc");
    add("U");
    assertEquals("aUbc", order());
  }

  @Test
  void aNewUrgentMessageDoesNotOvertakeNewOnes() {
    addBegun("ab");
    add("cd");
    addBegun("e");
    add("U");
    assertEquals("abcdUe", order());
  }

  @Test
  void anUrgentMessageThatComesBackOvertakesNewOnes() {
    add("abc");
    addBegun("U");
    assertEquals("aUbc", order());
  }

  @Test
  void oneNormalMessagePassesBetweenUrgentOnes() {
    addBegun("aUbcd");
    addBegun("V");
    assertEquals("aUbVcd", order());
    addBegun("abc");
    addBegun("U");
    addBegun("V");
    assertEquals("aUbVc", order());
  }

  @Test
  void urgentIsToldOfTheNextOnly() {
    assertFalse(queue.urgentNext());
    add("aU");
    assertFalse(queue.urgentNext());
    queue.poll();
    assertTrue(queue.urgentNext());
  }

  @Test
  void firstFramesKeepTheirOrderWhateverHappens() {
    Random random = new Random(6);
    int made = 0;
    int begun = 0;
    Map<Named, Integer> numbers = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(3) == 0) {
        Named m = new Named(random.nextBoolean() ? "U" : "n");
        numbers.put(m, ++made);
        queue.add(m);
      } else {
        Named m = queue.poll();
        if (m != null) {
          if (!m.started()) {
            assertEquals(++begun, numbers.remove(m));
            m.begun();
          }
          if (random.nextInt(3) != 0) {
            queue.add(m);
          }
        }
      }
    }
    assertTrue(begun > 3000);
  }

  @Test
  void theWindowClosesAt128000AndOpensBelow() {
    Named m = new Named("m");
    for (int i = 0; i < 7; i++) {
      m.sent(16382);
      assertTrue(m.windowOpen());
    }
    m.sent(16382);
    assertFalse(m.windowOpen());
    m.acknowledged(3056);
    assertFalse(m.windowOpen());
    m.acknowledged(3057);
    assertTrue(m.windowOpen());
  }

  @Test
  void acknowledgementsTooHighOrOldMeanNothing() {
    Named m = new Named("m");
    m.sent(130_000);
    m.acknowledged(130_001);
    assertFalse(m.windowOpen());
    m.acknowledged(Long.MAX_VALUE);
    assertFalse(m.windowOpen());
    m.acknowledged(60_000);
    m.sent(60_000);
    assertFalse(m.windowOpen());
    m.acknowledged(50_000);
    m.acknowledged(62_001);
    assertTrue(m.windowOpen());
  }

  @Test
  void anAcknowledgementIsDueEvery50000Bytes() {
    Acknowledgements acks = new Acknowledgements();
    List<Long> told = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      if (acks.received(16_004)) {
        told.add(acks.tell());
      }
    }
    assertEquals(List.of(64_016L, 128_032L, 192_048L), told);
  }

  @Test
  void acknowledgementsDoNotPileUp() {
    AckQueue acks = new AckQueue();
    for (int i = 1; i <= 1000; i++) {
      acks.add(new AckQueue.Ack(1, false, i), false);
      acks.add(new AckQueue.Ack(1000 + i, true, 1), true);
      acks.add(new AckQueue.Ack(2, false, i), false);
    }
    assertTrue(acks.size() < 100);
    long newest = 0;
    for (AckQueue.Ack ack : acks.take()) {
      newest = ack.number() == 1 ? ack.total() : newest;
    }
    assertEquals(1000, newest);
    assertTrue(acks.isEmpty());
  }

  @Test
  void theTableBehavesLikeAMap() {
    Random random = new Random(7);
    LongTable<String> table = new LongTable<>();
    Map<Long, String> map = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      long key = random.nextInt(4) == 0 ? random.nextLong() >>> 40 : random.nextInt(500);
      switch (random.nextInt(3)) {
        case 0 -> {
          table.put(key, "v" + i);
          map.put(key, "v" + i);
        }
        case 1 -> assertEquals(map.remove(key), table.remove(key));
        default -> assertEquals(map.get(key), table.get(key));
      }
      assertEquals(map.size(), table.size());
    }
    List<String> sorted = map.keySet().stream().sorted().map(map::get).toList();
    assertEquals(sorted, table.clear());
    assertEquals(0, table.size());
    assertNull(table.get(1));
  }

  @Test
  void aBudgetIsNotOverdrawn() {
    Budget budget = new Budget(10);
    assertTrue(budget.take(10));
    assertFalse(budget.take(1));
    budget.give(4);
    assertFalse(budget.take(5));
    assertTrue(budget.take(4));
  }
}
