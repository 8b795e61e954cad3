// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.DatabaseClosedException;
import dev.divan.shell.node.FakeNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerTest {
  private final FakeNode node = new FakeNode();
  private final Runner runner = new Runner(() -> node);
  private final FakeConsole console = new FakeConsole();

  @Test
  void whateverIsThrownIsOneSentenceWithoutAStackTrace() {
    CommandFailed failed = failing(new DatabaseClosedException("notes"));
    assertEquals("database is closed: notes", failed.getMessage());
    assertEquals(0, failed.getStackTrace().length);
    assertNull(failed.getCause());
    assertTrue(failing(new NullPointerException()).getMessage().contains("NullPointerException"));
    assertEquals(
        "there is no file /x", failing(new java.nio.file.NoSuchFileException("/x")).getMessage());
    assertTrue(node.closed, "what the node handed out is given back, also after a failure");
  }

  private CommandFailed failing(Exception e) {
    Command command =
        new Command(
            "fail",
            "",
            "",
            (node, arguments, console) -> {
              throw e;
            });
    return assertThrows(CommandFailed.class, () -> runner.run(command, List.of(), console));
  }

  @Test
  void helpIsGivenInsteadOfRunning() {
    Command command = new Command("x-y", "NAME", "does it", (n, a, c) -> c.print("ran"));
    runner.run(command, List.of("--help"), console);
    assertEquals("divan:x-y NAME\n  does it\n", console.text());
  }

  @Test
  void aMisuseIsToldWithTheUsage() {
    Command command = new Command("x-y", "NAME", "does it", (n, a, c) -> c.print("ran"));
    CommandFailed failed =
        assertThrows(CommandFailed.class, () -> runner.run(command, List.of(), console));
    assertEquals("NAME is missing: divan:x-y NAME", failed.getMessage());
  }
}
