// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.karaf;

import dev.divan.shell.command.Command;
import dev.divan.shell.command.GogoSession;
import dev.divan.shell.command.Runner;
import dev.divan.shell.command.SystemConsole;
import java.util.List;
import java.util.Objects;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** A command as Karaf calls it; it does and says what it does and says in plain Gogo. */
final class KarafCommand implements org.apache.karaf.shell.api.console.Command {
  /** The variable under which Karaf keeps Gogo's session. */
  private static final String GOGO_SESSION = ".commandSession";

  private final Command command;
  private final Runner runner;
  private final ArgumentCompleter.Words words;

  KarafCommand(Command command, Runner runner, ArgumentCompleter.Words words) {
    this.command = command;
    this.runner = runner;
    this.words = words;
  }

  @Override
  public String getScope() {
    return Command.SCOPE;
  }

  @Override
  public String getName() {
    return command.name();
  }

  @Override
  public String getDescription() {
    return command.about();
  }

  /**
   * @param scoped in a sub-shell, where the scope is not typed
   */
  @Override
  public Completer getCompleter(boolean scoped) {
    String full = Command.SCOPE + ":" + command.name();
    List<String> names = scoped ? List.of(command.name()) : List.of(full, command.name());
    return new ArgumentCompleter(full, names, words);
  }

  /** Karaf's usual one. */
  @Override
  public @Nullable Parser getParser() {
    return null;
  }

  /**
   * @throws dev.divan.shell.command.CommandFailed with a sentence, which the shell prints
   */
  @Override
  public @Nullable Object execute(Session session, List<Object> arguments) {
    runner.run(
        command,
        arguments.stream().map(Objects::toString).toList(),
        new SystemConsole(new GogoSession(session.get(GOGO_SESSION))));
    return null;
  }
}
