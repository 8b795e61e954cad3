// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell;

import dev.divan.instance.Turns;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Completion;
import dev.divan.shell.command.Runner;
import dev.divan.shell.karaf.KarafStage;
import dev.divan.shell.node.Node;
import dev.divan.shell.node.OsgiNode;
import dev.divan.shell.noun.ChangeCommands;
import dev.divan.shell.noun.DatabaseCommands;
import dev.divan.shell.noun.DoctorCommands;
import dev.divan.shell.noun.DocumentCommands;
import dev.divan.shell.noun.IdentityCommands;
import dev.divan.shell.noun.ListenerCommands;
import dev.divan.shell.noun.PasswordCommands;
import dev.divan.shell.noun.PeerCommands;
import dev.divan.shell.noun.Places;
import dev.divan.shell.noun.ReplicatorCommands;
import dev.divan.shell.noun.StatusCommands;
import dev.divan.shell.noun.TopCommands;
import dev.divan.shell.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the commands to Karaf's shell if there is one, else to Gogo's, and from one to the other
 * when Karaf's comes or goes; never to both, since Karaf takes what is Gogo's, too, and without
 * completion. In code: {@code new Shell(context)}, and {@link #close}.
 */
@Component(
    service = {},
    immediate = true)
public final class Shell implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.shell");

  /** By name, for where this class is not. */
  private static final String KARAF = "org.apache.karaf.shell.api.console.SessionFactory";

  private final BundleContext context;
  private final List<Command> commands = commands();
  private final Supplier<Node> nodes;
  private final ServiceTracker<Object, Object> karaf;
  private final Turns turns =
      new Turns(e -> LOG.warn("the commands are not where they should be", e));

  /** What follows belongs to the turns. */
  private @Nullable Stage stage;

  private boolean closed;

  @Activate
  public Shell(BundleContext context) {
    this.context = context;
    nodes = () -> new OsgiNode(context);
    karaf =
        new ServiceTracker<>(context, KARAF, null) {
          @Override
          public Object addingService(ServiceReference<Object> reference) {
            Object sessions = super.addingService(reference);
            turns.execute(() -> move(sessions));
            return sessions;
          }

          @Override
          public void removedService(ServiceReference<Object> reference, Object sessions) {
            turns.execute(() -> move(null));
            super.removedService(reference, sessions);
          }
        };
    karaf.open();
    turns.execute(
        () -> {
          if (stage == null) move(null);
        });
  }

  private void move(@Nullable Object sessions) {
    if (closed) return;
    if (stage != null) stage.close();
    stage = sessions == null ? gogo() : karaf(sessions);
  }

  private Stage gogo() {
    return new GogoStage(context, commands, new Runner(nodes));
  }

  private Stage karaf(Object sessions) {
    try {
      return KarafStage.of(
          sessions, commands, new Runner(nodes), new Completion(Places.ALL, nodes));
    } catch (NoClassDefFoundError notImported) {
      LOG.debug("Karaf came after this bundle was resolved: no completion", notImported);
      return gogo();
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
    commands.forEach(each -> table.row(Command.SCOPE + ":" + each.name(), each.about()));
    return table;
  }

  @Override
  @Deactivate
  public void close() {
    turns.execute(
        () -> {
          closed = true;
          if (stage != null) stage.close();
        });
    karaf.close();
  }
}
