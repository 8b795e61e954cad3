// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell;

import dev.divan.shell.command.Command;
import dev.divan.shell.command.Runner;
import dev.divan.shell.node.OsgiNode;
import dev.divan.shell.noun.ChangeCommands;
import dev.divan.shell.noun.DatabaseCommands;
import dev.divan.shell.noun.DoctorCommands;
import dev.divan.shell.noun.DocumentCommands;
import dev.divan.shell.noun.IdentityCommands;
import dev.divan.shell.noun.ListenerCommands;
import dev.divan.shell.noun.PasswordCommands;
import dev.divan.shell.noun.PeerCommands;
import dev.divan.shell.noun.ReplicatorCommands;
import dev.divan.shell.noun.StatusCommands;
import dev.divan.shell.noun.TopCommands;
import dev.divan.shell.text.Table;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Registers a service for each command. In code: {@code new Shell(context)}, and {@link #close}.
 */
@Component(
    service = {},
    immediate = true)
public final class Shell implements AutoCloseable {
  static final String SCOPE = "divan";

  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  @Activate
  public Shell(BundleContext context) {
    Runner runner = new Runner(() -> new OsgiNode(context));
    for (Command command : commands()) {
      Hashtable<String, Object> properties = new Hashtable<>();
      properties.put("osgi.command.scope", SCOPE);
      properties.put("osgi.command.function", command.name());
      properties.put("osgi.command.description", command.about());
      registrations.add(
          context.registerService(GogoCommand.class, new GogoCommand(runner, command), properties));
    }
  }

  /** All commands, in the order in which they are told. */
  static List<Command> commands() {
    List<Command> all =
        new ArrayList<>(
            Stream.of(
                    DatabaseCommands.all(),
                    DocumentCommands.all(),
                    ChangeCommands.all(),
                    ListenerCommands.all(),
                    ReplicatorCommands.all(),
                    PeerCommands.all(),
                    IdentityCommands.all(),
                    PasswordCommands.all(),
                    TopCommands.all(),
                    DoctorCommands.all(),
                    StatusCommands.all())
                .flatMap(List::stream)
                .toList());
    all.add(
        new Command(
            "commands",
            "",
            "this list; any command with --help shows its arguments",
            (node, arguments, console) -> console.print(list(all))));
    return List.copyOf(all);
  }

  private static Table list(List<Command> commands) {
    Table table = new Table("command", "");
    commands.forEach(each -> table.row(SCOPE + ":" + each.name(), each.about()));
    return table;
  }

  @Override
  @Deactivate
  public void close() {
    registrations.forEach(ServiceRegistration::unregister);
    registrations.clear();
  }
}
