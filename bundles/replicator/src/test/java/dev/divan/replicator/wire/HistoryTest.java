// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final List<String> ANCESTORS = List.of("4-d4", "3-c3", "2-b2", "1-a1");

  @DisplayName("conformance 75: down to the newest ancestor the receiver names, inclusive")
  @Test
  void endsAtTheNewestNamedAncestor() {
    assertEquals("4-d4,3-c3", History.trim(ANCESTORS, List.of("3-c3"), 50));
    assertEquals("4-d4,3-c3", History.trim(ANCESTORS, List.of("1-a1", "3-c3", "2-b2"), 50));
    assertEquals("4-d4", History.trim(ANCESTORS, List.of("4-d4"), 50));
  }

  @DisplayName("conformance 75: all of it if the receiver names none, or none of ours")
  @Test
  void unknownAncestorsDoNotMatter() {
    assertEquals("4-d4,3-c3,2-b2,1-a1", History.trim(ANCESTORS, List.of(), 50));
    assertEquals("4-d4,3-c3,2-b2,1-a1", History.trim(ANCESTORS, List.of("9-ff", "foo"), 50));
  }

  @DisplayName("conformance 75: revision and history together are at most maxHistory (v16)")
  @Test
  void limited() {
    assertNull(History.trim(ANCESTORS, List.of(), 1));
    assertEquals("4-d4", History.trim(ANCESTORS, List.of(), 2));
    assertEquals("4-d4,3-c3", History.trim(ANCESTORS, List.of(), 3));
    assertEquals("4-d4,3-c3", History.trim(ANCESTORS, List.of("2-b2"), 3));
  }

  @DisplayName("conformance 75: maxHistory of 0 and below is no history")
  @Test
  void noHistory() {
    for (int odd : new int[] {0, -1, Integer.MIN_VALUE})
      assertNull(History.trim(ANCESTORS, List.of(), odd));
    assertNull(History.trim(List.of(), List.of("1-a1"), 50));
  }

  @Test
  void parses() {
    assertEquals(List.of(), History.parse(null));
    assertEquals(List.of(), History.parse(""));
    assertEquals(List.of("1-aa"), History.parse("1-aa"));
    assertEquals(ANCESTORS, History.parse("4-d4,3-c3,2-b2,1-a1"));
  }

  @DisplayName("conformance 97: a trailing comma is forgiven, an empty ancestor is not")
  @Test
  void commas() {
    assertEquals(List.of("1-aa"), History.parse("1-aa,"));
    assertNull(History.parse(","));
    assertNull(History.parse(",1-aa"));
    assertNull(History.parse("2-bb,,1-aa"));
  }

  @Test
  void anEndlessOneIsRefused() {
    assertNull(History.parse("1-aa,".repeat(100_000)));
  }
}
