// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageTest {
  private final Usage usage = new Usage("DATABASE ID [FILE] [--collection NAME] [--force]");

  @Test
  void whatPeopleAreShownIsHowArgumentsAreRead() {
    Arguments arguments = usage.read(List.of("notes", "--collection", "a.b", "x", "--force"));
    assertEquals("notes", arguments.get("DATABASE"));
    assertEquals("x", arguments.get("ID"));
    assertEquals("a.b", arguments.find("--collection"));
    assertTrue(arguments.has("--force"));
    assertNull(arguments.find("FILE"));
    assertFalse(usage.read(List.of("a", "b", "c")).has("--force"));
    assertEquals("c", usage.read(List.of("a", "b", "c")).find("FILE"));
  }

  @Test
  void whatIsMissingUnknownOrTooMuchIsNamed() {
    assertEquals("ID is missing", complaint("notes"));
    assertEquals("there is no option --forse", complaint("notes", "x", "--forse"));
    assertEquals("--collection needs a value", complaint("notes", "x", "--collection"));
    assertTrue(complaint("a", "b", "c", "d e").startsWith("\"d e\" is one argument too many"));
  }

  @Test
  void aNumberOutOfBoundsIsRefusedByItsName() {
    Arguments arguments = new Usage("[COUNT]").read(List.of("0"));
    CommandFailed failed =
        assertThrows(CommandFailed.class, () -> arguments.number("COUNT", 5, 10));
    assertEquals("COUNT is a number from 1 to 10, not \"0\"", failed.getMessage());
    assertEquals(5, new Usage("[COUNT]").read(List.of()).number("COUNT", 5, 10));
  }

  private String complaint(String... words) {
    return assertThrows(CommandFailed.class, () -> usage.read(List.of(words))).getMessage();
  }

  @Test
  void whatComesNextIsAnArgumentInItsOrderOrTheValueOfAnOption() {
    assertEquals("DATABASE", usage.next(List.of()).argument());
    Usage.Next next = usage.next(List.of("notes", "--collection", "a.b", "--force"));
    assertEquals("ID", next.argument());
    assertTrue(next.required());
    assertEquals(Set.of(), next.options());
    assertEquals("a.b", next.before().find("--collection"));
    assertEquals("notes", next.before().get("DATABASE"));
    assertEquals("--collection", usage.next(List.of("notes", "--collection")).argument());
    assertEquals(Set.of(), usage.next(List.of("notes", "--collection")).options());
  }

  @Test
  void behindTheLastArgumentThereAreTheOptionsThatWereNotGiven() {
    Usage.Next optional = usage.next(List.of("notes", "a"));
    assertEquals("FILE", optional.argument());
    assertFalse(optional.required());
    Usage.Next none = usage.next(List.of("notes", "a", "b", "too much", "--force", "--unknown"));
    assertNull(none.argument());
    assertEquals(Set.of("--collection"), none.options());
  }
}
