// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlineTest {
  @Test
  void factsAreLinesUnderTheirHeadingAndListsAreItems() {
    Facts notes =
        new Facts()
            .add("name", "notes")
            .add("documents", 3)
            .add("urls", List.of("a", "b"))
            .add("sessions", List.of(new Facts().add("peer", "p").add("busy", false)))
            .add("nothing", null);
    Facts all =
        new Facts()
            .add("node", new Facts().add("java", "17"))
            .add("databases", List.of(notes, new Facts().add("name", "other")))
            .add("listeners", List.of())
            .add("attention", List.of("a sentence"));
    assertEquals(
        """
        NODE
          java: 17

        DATABASES
          - name: notes
            documents: 3
            urls: a, b
            sessions:
              - peer: p
                busy: false
          - name: other

        LISTENERS
          none

        ATTENTION
          - a sentence

        """,
        Outline.of(all.tree()));
  }

  @Test
  void aStrangersNameCannotMakeLinesNorTurnThem() {
    Facts facts = new Facts().add("peer", "a\nNODE\r\u001b[2J\u202eb\u2028c");
    assertEquals("a?NODE??[2J?b?c", facts.tree().get("peer"));
  }

  @Test
  void textsAndListsHaveAnEnd() {
    Facts facts =
        new Facts().add("text", "x".repeat(5000)).add("many", Collections.nCopies(5000, 1));
    assertEquals(2000, facts.tree().get("text").toString().length());
    List<?> many = (List<?>) facts.tree().get("many");
    assertEquals(1001, many.size());
    assertEquals("and more", many.get(1000));
  }
}
