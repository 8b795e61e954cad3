// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.karaf;

import dev.divan.shell.Stage;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Completion;
import dev.divan.shell.command.Runner;
import java.util.List;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;

/** The commands in the registry of Karaf's sessions. */
public final class KarafStage implements Stage {
  private final Registry registry;
  private final Moment moment;
  private final List<KarafCommand> commands;

  private KarafStage(
      Registry registry, List<Command> commands, Runner runner, Completion completion) {
    this.registry = registry;
    moment = new Moment();
    this.commands =
        commands.stream()
            .map(
                each ->
                    new KarafCommand(
                        each,
                        runner,
                        (before, begin) ->
                            moment.ask(() -> completion.of(each, before, begin), List.of())))
            .toList();
    this.commands.forEach(registry::register);
  }

  /**
   * @param sessions Karaf's session factory, whose class whoever calls need not have
   * @throws NoClassDefFoundError if it is not of the package that this bundle imports
   */
  public static Stage of(
      Object sessions, List<Command> commands, Runner runner, Completion completion) {
    Registry registry = ((SessionFactory) sessions).getRegistry();
    return new KarafStage(registry, commands, runner, completion);
  }

  @Override
  public void close() {
    commands.forEach(registry::unregister);
    moment.close();
  }
}
