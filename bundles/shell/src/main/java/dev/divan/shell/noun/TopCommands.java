// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code top}. */
public final class TopCommands {
  private static final int LONGEST_PERIOD = 3600;
  private static final int MOST = 86_400;

  private TopCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "top",
            "[COUNT] [--every SECONDS]",
            "what goes on, in documents and bytes a second; on a terminal until it is ended, or"
                + " COUNT times",
            TopCommands::top));
  }

  private static void top(Node node, Arguments arguments, Console console) {
    Duration period = Duration.ofSeconds(arguments.number("--every", 1, LONGEST_PERIOD));
    boolean counted = arguments.find("COUNT") != null;
    int rounds = arguments.number("COUNT", MOST, MOST);
    Meters former = new Meters(node, System.nanoTime());
    for (int round = 0; round < rounds && console.pause(period); round++) {
      Meters now = new Meters(node, System.nanoTime());
      if (!counted) console.clear();
      Runtime jvm = Runtime.getRuntime();
      console.print(
          Units.time(Instant.now())
              + "   heap "
              + Units.bytes(jvm.totalMemory() - jvm.freeMemory())
              + " of "
              + Units.bytes(jvm.maxMemory())
              + (counted ? "" : "   " + console.endKey() + " ends it"));
      console.print("\n" + now.since(former) + (counted ? "\n" : ""));
      former = now;
    }
  }
}
