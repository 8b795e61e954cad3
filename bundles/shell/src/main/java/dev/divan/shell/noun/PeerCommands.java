// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Table;
import dev.divan.shell.text.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** {@code peers}. */
public final class PeerCommands {
  private PeerCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "peers",
            "",
            "who is connected: clients of our listeners, and peers our replicators have dialled",
            PeerCommands::peers));
  }

  private static void peers(Node node, Arguments arguments, Console console) {
    console.print(clients(node));
    Table dialled = dialled(node);
    if (!dialled.isEmpty()) console.print("\n" + dialled);
  }

  static Object clients(Node node) {
    Table table =
        new Table(
            "listener", "as", "from", "since", "docs out>", "in>", "bytes out>", "in>", "", "peer");
    Instant now = Instant.now();
    for (Found<URLEndpointListener> each : node.all(URLEndpointListener.class)) {
      List<PassiveSession> sessions =
          each.service().getSessions().stream()
              .sorted(Comparator.comparing(PassiveSession::since))
              .toList();
      for (PassiveSession session : sessions) {
        String principal = session.peer().principal();
        table.row(
            each.name(),
            principal == null ? "(nobody asked)" : principal,
            session.peer().address(),
            Units.time(session.since())
                + " ("
                + Units.duration(Duration.between(session.since(), now))
                + ")",
            Units.count(session.sent()),
            Units.count(session.received()),
            Units.bytes(session.bytesSent()),
            Units.bytes(session.bytesReceived()),
            session.busy() ? "busy" : "idle",
            session.peer().id());
      }
    }
    return table.isEmpty() ? "nobody is connected to our listeners" : table;
  }

  private static Table dialled(Node node) {
    Table table = new Table("replicator", "with", "done>", "of>", "");
    for (Found<Replicator> each : node.all(Replicator.class)) {
      ReplicatorActivityLevel level = each.service().getStatus().activityLevel();
      if (level != ReplicatorActivityLevel.IDLE && level != ReplicatorActivityLevel.BUSY) continue;
      ReplicatorProgress progress = each.service().getStatus().progress();
      table.row(
          each.name(),
          each.service().getConfiguration().getTarget().url(),
          Units.count(progress.completed()),
          Units.count(progress.total()),
          level == ReplicatorActivityLevel.BUSY ? "busy" : "idle");
    }
    return table;
  }
}
