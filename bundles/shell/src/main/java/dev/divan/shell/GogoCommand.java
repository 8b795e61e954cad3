// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell;

import dev.divan.shell.command.Command;
import dev.divan.shell.command.GogoSession;
import dev.divan.shell.command.Runner;
import dev.divan.shell.command.SystemConsole;
import java.util.Arrays;
import java.util.List;

/**
 * A command as Gogo calls it, by reflection: a method's name can have no hyphen, but one that is
 * called {@code _main} stands for all. So nothing of Gogo is imported.
 */
public final class GogoCommand {
  private final Runner runner;
  private final Command command;

  GogoCommand(Runner runner, Command command) {
    this.runner = runner;
    this.command = command;
  }

  /**
   * @param session Gogo's, which is the first argument of whoever takes an interface it implements
   * @param words the command's name, then its arguments
   * @throws dev.divan.shell.command.CommandFailed with a sentence, which the shell prints
   */
  public void _main(AutoCloseable session, String[] words) {
    List<String> all = Arrays.asList(words);
    runner.run(
        command,
        all.subList(Math.min(1, all.size()), all.size()),
        new SystemConsole(new GogoSession(session)));
  }
}
