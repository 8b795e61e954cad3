// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.listener.ConnectionStatus;
import dev.divan.listener.ListenerException;
import dev.divan.listener.URLEndpointListener;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Absences;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Table;
import dev.divan.tls.TLSIdentity;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code listener-list}, {@code listener-start}, {@code listener-stop}. */
public final class ListenerCommands {
  static final String PID = "dev.divan.listener";

  private ListenerCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "listener-list",
            "",
            "the listeners: where, for whom, how many are connected; and those that wait",
            ListenerCommands::list),
        new Command("listener-start", "LISTENER", "opens a listener", ListenerCommands::start),
        new Command(
            "listener-stop",
            "LISTENER",
            "closes a listener until it is started; a change of its configuration counts then",
            ListenerCommands::stop));
  }

  private static void list(Node node, Arguments arguments, Console console) {
    console.print(table(node));
  }

  static Object table(Node node) {
    Table table =
        new Table("listener", "database", "lets in", "identity", "clients>", "busy>", "state");
    List<Found<URLEndpointListener>> all = node.all(URLEndpointListener.class);
    TreeSet<String> names = new TreeSet<>();
    all.forEach(each -> names.add(each.name()));
    Absences absences = Absences.of(node, PID, names);
    for (Found<URLEndpointListener> each : all) {
      ConnectionStatus status = each.service().getStatus();
      String told = absences.of(each.name());
      table.row(
          each.name(),
          each.text("database.name"),
          admitted(each),
          identity(each.service()),
          status.connectionCount(),
          status.activeConnectionCount(),
          urls(each.service()) + (told == null ? "" : "; " + told));
    }
    absences.sentences().entrySet().stream()
        .filter(each -> !names.contains(each.getKey()))
        .forEach(each -> table.row(each.getKey(), null, null, null, null, null, each.getValue()));
    return table.isEmpty() ? "there is no listener; dev.divan.listener-NAME.cfg makes one" : table;
  }

  static String admitted(Found<URLEndpointListener> listener) {
    for (String property : List.of("authenticator", "authenticator.target")) {
      String named = listener.text(property);
      if (named != null) return named;
    }
    return listener.service().getConfiguration().getAuthenticator() == null
        ? "everyone"
        : "(by an authenticator)";
  }

  private static String identity(URLEndpointListener listener) {
    if (listener.getConfiguration().isDisableTLS()) return "none, in clear";
    TLSIdentity identity = listener.getTlsIdentity();
    return identity == null ? "-" : identity.getLabel();
  }

  static String urls(URLEndpointListener listener) {
    List<URI> urls = listener.getUrls();
    return urls.isEmpty()
        ? "stopped"
        : urls.stream().map(URI::toString).collect(Collectors.joining(" "));
  }

  private static void start(Node node, Arguments arguments, Console console)
      throws ListenerException {
    Found<URLEndpointListener> found = one(node, arguments);
    found.service().start();
    console.print("listening " + urls(found.service()));
  }

  private static void stop(Node node, Arguments arguments, Console console) {
    Found<URLEndpointListener> found = one(node, arguments);
    found.service().stop();
    boolean stays =
        node.all(URLEndpointListener.class).stream()
            .anyMatch(each -> each.service() == found.service());
    console.print(
        found.name()
            + (stays
                ? " is stopped; divan:listener-start " + found.name() + " opens it again"
                : " is stopped; it was made in code, which alone can start it again"));
  }

  private static Found<URLEndpointListener> one(Node node, Arguments arguments) {
    return Pick.one(node, URLEndpointListener.class, "listener", PID, arguments.get("LISTENER"));
  }
}
