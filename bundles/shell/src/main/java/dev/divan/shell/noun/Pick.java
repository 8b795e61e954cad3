// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.CommandFailed;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Absences;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what an argument names, or says what there is instead. */
final class Pick {
  private Pick() {}

  static Database database(Node node, Arguments arguments) {
    return one(node, Database.class, "database", "dev.divan.database", arguments.get("DATABASE"))
        .service();
  }

  /** The one named by {@code --collection}; a bare name is of the default scope. */
  static Collection collection(Database database, Arguments arguments) {
    String name = arguments.find("--collection");
    if (name == null) return database.getDefaultCollection();
    int dot = name.indexOf('.');
    Collection collection =
        dot < 0
            ? database.getCollection(name, "_default")
            : database.getCollection(name.substring(dot + 1), name.substring(0, dot));
    if (collection != null) return collection;
    throw new CommandFailed(
        "database "
            + database.getName()
            + " has no collection "
            + name
            + "; it has "
            + String.join(", ", database.getCollectionNames()));
  }

  /** The service of that name. */
  static <T> Found<T> one(Node node, Class<T> type, String noun, String factoryPid, String name) {
    List<Found<T>> all = node.all(type);
    List<Found<T>> named = all.stream().filter(each -> each.name().equals(name)).toList();
    if (named.size() > 1)
      throw new CommandFailed("there are " + named.size() + " of the name " + name);
    if (named.size() == 1) return named.get(0);
    Set<String> names = all.stream().map(Found::name).collect(Collectors.toSet());
    String why = Absences.of(node, factoryPid, names).of(name);
    if (why != null) throw new CommandFailed(noun + " " + name + " is not there: " + why);
    throw new CommandFailed(
        "there is no "
            + noun
            + " "
            + name
            + (all.isEmpty()
                ? ", nor any other"
                : "; there is " + names.stream().sorted().collect(Collectors.joining(", "))));
  }

  /** Whether to go on with something that cannot be taken back. */
  static void sure(Arguments arguments, Console console, String question) {
    if (arguments.has("--force")) return;
    String answer = console.ask(question + " Type yes to go on:");
    if (answer == null) throw new CommandFailed("nobody is there to say yes; --force does not ask");
    if (!answer.strip().equalsIgnoreCase("yes")) throw new CommandFailed("left as it is");
  }
}
