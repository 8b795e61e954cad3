// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Absences;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Facts;
import dev.divan.shell.text.Table;
import dev.divan.shell.text.Units;
import java.util.List;
import java.util.TreeSet;

/** {@code db-list}, {@code db-info}. */
public final class DatabaseCommands {
  static final String PID = "dev.divan.database";

  private DatabaseCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command("db-list", "", "the databases, and those that wait", DatabaseCommands::list),
        new Command(
            "db-info",
            "DATABASE",
            "one database: its collections, and who uses it",
            DatabaseCommands::info));
  }

  private static void list(Node node, Arguments arguments, Console console) {
    console.print(table(node));
  }

  static Object table(Node node) {
    Table table = new Table("database", "documents>", "collections", "store", "state");
    TreeSet<String> names = new TreeSet<>();
    List<Found<Database>> all = node.all(Database.class);
    all.forEach(each -> names.add(each.name()));
    Absences absences = Absences.of(node, PID, names);
    for (Found<Database> each : all) {
      Database database = each.service();
      String told = absences.of(each.name());
      table.row(
          each.name(),
          Units.count(documents(database)),
          String.join(", ", database.getCollectionNames()),
          store(each),
          told == null ? "open" : "open; " + told);
    }
    absences.sentences().entrySet().stream()
        .filter(each -> !names.contains(each.getKey()))
        .forEach(each -> table.row(each.getKey(), null, null, null, each.getValue()));
    return table.isEmpty() ? "there is no database; dev.divan.database-NAME.cfg makes one" : table;
  }

  static String store(Found<Database> database) {
    String store = database.text("store");
    if (store != null) return store;
    String target = database.text("store.target");
    return target == null ? "(best ranked)" : target;
  }

  static long documents(Database database) {
    return collections(database).stream().mapToLong(Collection::getCount).sum();
  }

  static List<Collection> collections(Database database) {
    return database.getScopes().stream()
        .flatMap(scope -> scope.getCollections().stream())
        .sorted((a, b) -> a.getFullName().compareTo(b.getFullName()))
        .toList();
  }

  private static void info(Node node, Arguments arguments, Console console) {
    Found<Database> found =
        Pick.one(node, Database.class, "database", PID, arguments.get("DATABASE"));
    Database database = found.service();
    console.print(
        new Facts()
            .add("database", found.name())
            .add("UUID", database.getUuid())
            .add("store", store(found))
            .add("configuration", found.text("felix.fileinstall.filename"))
            .add("documents", Units.count(documents(database)))
            .add("listeners", users(node.all(URLEndpointListener.class), found.name()))
            .add("replicators", users(node.all(Replicator.class), found.name()))
            .add(
                "says",
                Absences.of(node, PID, new TreeSet<>(List.of(found.name()))).of(found.name())));
    Table table = new Table("collection", "documents>", "last sequence>");
    collections(database)
        .forEach(
            each ->
                table.row(
                    each.getFullName(),
                    Units.count(each.getCount()),
                    Units.count(each.getLastSequence())));
    console.print("");
    console.print(table);
  }

  private static List<String> users(List<? extends Found<?>> all, String database) {
    return all.stream()
        .filter(each -> database.equals(each.text("database.name")))
        .map(Found::name)
        .toList();
  }
}
