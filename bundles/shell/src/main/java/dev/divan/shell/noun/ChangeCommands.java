// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.Replica;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.CommandFailed;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Plain;
import dev.divan.shell.text.Table;
import dev.divan.shell.text.Units;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** {@code changes}. */
public final class ChangeCommands {
  /** Changes shown at once; trades whole histories for a session that stays usable. */
  private static final int MOST = 10_000;

  private static final int USUAL = 20;
  private static final int PAGE = 500;
  private static final Duration LOOK = Duration.ofMillis(300);

  private ChangeCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "changes",
            "DATABASE [COUNT] [--follow] [--collection NAME]",
            "the last changes, 20 unless told otherwise; --follow goes on until it is ended",
            ChangeCommands::changes));
  }

  private static void changes(Node node, Arguments arguments, Console console) {
    Database database = Pick.database(node, arguments);
    Collection collection = Pick.collection(database, arguments);
    ReplicaDatabase replicas = database.adapt(ReplicaDatabase.class);
    if (replicas == null) throw new CommandFailed("this database does not tell its changes");
    Replica replica = replicas.replica(collection);
    List<Change> last = last(replica, arguments.number("COUNT", USUAL, MOST));
    Table table = new Table("sequence>", "document", "revision", "size>", "");
    last.forEach(
        each ->
            table.row(
                Units.count(each.sequence()),
                each.documentID(),
                each.revID(),
                Units.bytes(each.bodySize()),
                each.deleted() ? "deleted" : " "));
    console.print(table.isEmpty() ? "no changes" : table);
    if (!arguments.has("--follow")) return;
    console.print(console.endKey() + " ends it");
    follow(replica, last.isEmpty() ? 0 : last.get(last.size() - 1).sequence(), console);
  }

  /**
   * Sequences have gaps, since a document has one place: the window grows until it holds enough.
   */
  static List<Change> last(Replica replica, int count) {
    long end = replica.lastSequence();
    for (long window = 2L * count; ; window *= 4) {
      long since = Math.max(0, end - window);
      Deque<Change> last = new ArrayDeque<>();
      List<Change> page;
      do {
        page = replica.changes(since, PAGE, null);
        for (Change each : page) {
          last.add(each);
          if (last.size() > count) last.remove();
          since = each.sequence();
        }
      } while (page.size() == PAGE);
      if (last.size() == count || window >= end) return List.copyOf(last);
    }
  }

  private static void follow(Replica replica, long from, Console console) {
    long since = from;
    while (console.pause(LOOK)) {
      for (Change each : replica.changes(since, PAGE, null)) {
        console.print(
            Units.count(each.sequence())
                + "  "
                + Plain.line(each.documentID())
                + "  "
                + each.revID()
                + "  "
                + Units.bytes(each.bodySize())
                + (each.deleted() ? "  deleted" : ""));
        since = each.sequence();
      }
    }
  }
}
