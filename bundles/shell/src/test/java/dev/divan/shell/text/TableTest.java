// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
    Table table =
        new Table("name", "count>", "state").row("a", "1,000", "open").row("long", 7, null);
    assertEquals(
        """
        name  count  state
        a     1,000  open
        long      7  -""",
        table.toString());
  }

  @Test
  void aStrangersNameCannotCommandTheTerminal() {
    String text = new Table("peer").row("evil\u001b[2J\r\n\u202ename\u0007").toString();
    assertEquals("peer\nevil?[2J???name?", text);
    assertEquals("k  a?b", new Facts().add("k", "a\u001bb").toString());
  }

  @Test
  void onlyTheLastCellMayBeOfAnyLength() {
    String row = new Table("a", "b").row("x".repeat(200), "y".repeat(200)).toString();
    assertTrue(row.contains("x".repeat(Table.WIDEST - 1) + "…  " + "y".repeat(200)));
    assertFalse(row.contains("x".repeat(Table.WIDEST)));
  }

  @Test
  void aRowHasACellForEachColumn() {
    Table table = new Table("a", "b");
    assertThrows(IllegalArgumentException.class, () -> table.row("only one"));
  }

  @Test
  void factsLeaveOutWhatHasNoValueAndIndentSeveralLines() {
    Facts facts =
        new Facts().add("none", null).add("blank", " ").add("lines", List.of("a", "b")).add("x", 1);
    assertEquals("lines  a\n       b\nx      1", facts.toString());
  }

  @Test
  void jsonIsLaidOutWithoutTouchingNumbersAndEscapes() {
    String json = "{\"a\":[1,2.0,{}, [ ]],\"b{\":\"q\\\"}\\\\\",\"c\":1E400,\"d\":\"\u007f\"}";
    assertEquals(
        """
        {
          "a": [
            1,
            2.0,
            {},
            []
          ],
          "b{": "q\\"}\\\\",
          "c": 1E400,
          "d": "\\u007f"
        }""",
        IndentedJson.of(json));
    assertEquals("{}", IndentedJson.of("{}"));
  }
}
