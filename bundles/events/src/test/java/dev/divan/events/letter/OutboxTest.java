// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox(3, 10);

  private static Letter letter(String text, Object key, int documents) {
    return new Letter("t", Map.of("text", text), key, documents);
  }

  private List<Object> all() {
    List<Object> all = new ArrayList<>();
    for (Letter letter; (letter = outbox.poll()) != null; )
      all.add(
          letter.topic().equals(Topics.LOST)
              ? "lost " + letter.properties().get("count")
              : letter.properties().get("text"));
    return all;
  }

  @Test
  void lettersLeaveInTheOrderTheyCame() {
    for (String text : List.of("a", "b", "c")) assertFalse(outbox.add(letter(text, null, 1)));
    assertEquals(List.of("a", "b", "c"), all());
    assertNull(outbox.poll());
  }

  @Test
  void theLaterOfAKeyTakesTheEarlierOut() {
    outbox.add(letter("a1", "a", 0));
    outbox.add(letter("b1", "b", 0));
    outbox.add(letter("x", null, 0));
    assertFalse(outbox.add(letter("a2", "a", 0)), "nothing is lost by that");
    assertEquals(List.of("b1", "x", "a2"), all());
  }

  @Test
  void whenTooManyWaitTheOldestAreLostAndThatIsToldFirst() {
    for (String text : List.of("a", "b", "c")) outbox.add(letter(text, null, 0));
    assertTrue(outbox.add(letter("d", null, 0)));
    assertFalse(outbox.add(letter("e", null, 0)), "said once until it is told");
    assertEquals(List.of("lost 2", "c", "d", "e"), all());
    for (String text : List.of("a", "b", "c")) assertFalse(outbox.add(letter(text, null, 0)));
    assertTrue(outbox.add(letter("d", null, 0)));
  }

  @Test
  void documentsAreCountedToo() {
    outbox.add(letter("a", null, 6));
    assertTrue(outbox.add(letter("b", null, 6)));
    assertEquals(List.of("lost 1", "b"), all());
    outbox.add(letter("c", null, 10));
    assertEquals(List.of("c"), all(), "what has left does not count");
    outbox.add(letter("d", "k", 9));
    assertFalse(outbox.add(letter("e", "k", 9)), "nor what became superfluous");
  }
}
