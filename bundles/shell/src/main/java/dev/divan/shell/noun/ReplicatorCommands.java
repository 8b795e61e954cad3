// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Absences;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Facts;
import dev.divan.shell.text.Plain;
import dev.divan.shell.text.Table;
import dev.divan.shell.text.Units;
import dev.divan.tls.ServerTrust;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code replicator-list}, {@code -show}, {@code -start}, {@code -stop}. */
public final class ReplicatorCommands {
  static final String PID = "dev.divan.replicator";

  private ReplicatorCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "replicator-list",
            "",
            "the replicators and how far they are; and those that wait",
            ReplicatorCommands::list),
        new Command(
            "replicator-show",
            "REPLICATOR",
            "one replicator: what it does, what it waits for, what went wrong",
            ReplicatorCommands::show),
        new Command(
            "replicator-start",
            "REPLICATOR [--reset]",
            "starts a replicator; --reset compares everything anew, as if the two had never met",
            ReplicatorCommands::start),
        new Command(
            "replicator-stop",
            "REPLICATOR",
            "stops a replicator until it is started, or its configuration changes",
            ReplicatorCommands::stop));
  }

  private static void list(Node node, Arguments arguments, Console console) {
    console.print(table(node));
  }

  static Object table(Node node) {
    Table table =
        new Table("replicator", "database", "with", "way", "done>", "of>", "activity", "says");
    List<Found<Replicator>> all = node.all(Replicator.class);
    TreeSet<String> names = new TreeSet<>();
    all.forEach(each -> names.add(each.name()));
    Absences absences = Absences.of(node, PID, names);
    for (Found<Replicator> each : all) {
      ReplicatorConfiguration configuration = each.service().getConfiguration();
      ReplicatorStatus status = each.service().getStatus();
      String told = absences.of(each.name());
      table.row(
          each.name(),
          each.text("database.name"),
          configuration.getTarget().url(),
          way(configuration),
          Units.count(status.progress().completed()),
          Units.count(status.progress().total()),
          status.activityLevel().name().toLowerCase(Locale.ROOT),
          told == null ? words(status.error()) : told);
    }
    absences.sentences().entrySet().stream()
        .filter(each -> !names.contains(each.getKey()))
        .forEach(
            each -> table.row(each.getKey(), null, null, null, null, null, null, each.getValue()));
    return table.isEmpty()
        ? "there is no replicator; dev.divan.replicator-NAME.cfg makes one"
        : table;
  }

  private static String way(ReplicatorConfiguration configuration) {
    return switch (configuration.getType()) {
      case PUSH_AND_PULL -> "both ways";
      case PUSH -> "push";
      case PULL -> "pull";
    };
  }

  /** What went wrong, and whether it goes on by itself; null if nothing did. */
  static @Nullable String words(@Nullable ReplicatorException error) {
    if (error == null) return null;
    String where =
        switch (error.getDomain()) {
          case HTTP -> "refused: ";
          case WEBSOCKET -> "connection ended (" + error.getCode() + "): ";
          case NETWORK -> "not reached: ";
          case TLS -> "no trust: ";
          case PEER -> "the peer's database (" + error.getCode() + "): ";
          case LOCAL -> "";
        };
    return where + error.getMessage() + (error.isTransient() ? "; it tries again" : "");
  }

  private static void show(Node node, Arguments arguments, Console console) {
    Found<Replicator> found = one(node, arguments);
    Replicator replicator = found.service();
    ReplicatorConfiguration configuration = replicator.getConfiguration();
    ReplicatorStatus status = replicator.getStatus();
    ReplicatorProgress progress = status.progress();
    console.print(
        new Facts()
            .add("replicator", found.name())
            .add("database", found.text("database.name"))
            .add("with", configuration.getTarget().url())
            .add(
                "way",
                way(configuration) + (configuration.isContinuous() ? ", continuous" : ", once"))
            .add("trusts", trust(configuration))
            .add("introduces itself", introduction(found))
            .add("configuration", found.text("felix.fileinstall.filename"))
            .add("activity", status.activityLevel().name().toLowerCase(Locale.ROOT))
            .add("progress", progress(progress))
            .add("last error", words(status.error()))
            .add(
                "waits for",
                Absences.of(node, PID, new TreeSet<>(List.of(found.name()))).of(found.name()))
            .add("open work", replicator.openWork())
            .add("to be pushed", pending(replicator, configuration)));
    if (status.error() != null) console.print("divan:doctor " + found.name() + " looks into it");
  }

  private static String progress(ReplicatorProgress progress) {
    return Units.count(progress.completed()) + " of " + Units.count(progress.total(), "document");
  }

  static String trust(ReplicatorConfiguration configuration) {
    if (configuration.getTarget().url().getScheme().equals("ws"))
      return "nobody is asked: in clear";
    ServerTrust trust = configuration.getServerTrust();
    if (trust instanceof ServerTrust.Pinned pinned)
      return "the pinned certificate "
          + pinned.fingerprints().stream().map(Units::fingerprint).toList();
    return trust instanceof ServerTrust.OnlySelfSigned
        ? "any self-signed certificate"
        : "certificates of known authorities";
  }

  private static String introduction(Found<Replicator> found) {
    for (String property : List.of("authenticator", "authenticator.target")) {
      String named = found.text(property);
      if (named != null) return "by " + named;
    }
    return found.service().getConfiguration().getAuthenticator() == null ? "not at all" : "yes";
  }

  private static String pending(Replicator replicator, ReplicatorConfiguration configuration) {
    if (!configuration.getType().pushes()) return "";
    StringBuilder lines = new StringBuilder();
    for (CollectionConfiguration each : configuration.getCollections()) {
      int count = replicator.getPendingDocumentIds(each.getCollection()).size();
      lines
          .append(Units.count(count, "document"))
          .append(" of ")
          .append(Plain.line(each.getCollection().getFullName()))
          .append('\n');
    }
    return lines.toString();
  }

  private static void start(Node node, Arguments arguments, Console console) {
    Found<Replicator> found = one(node, arguments);
    found.service().start(arguments.has("--reset"));
    console.print(
        found.name() + " is started" + (arguments.has("--reset") ? ", from the beginning" : ""));
  }

  private static void stop(Node node, Arguments arguments, Console console) {
    Found<Replicator> found = one(node, arguments);
    found.service().stop();
    console.print(found.name() + " is stopping; it finishes what is under way first");
  }

  private static Found<Replicator> one(Node node, Arguments arguments) {
    return Pick.one(node, Replicator.class, "replicator", PID, arguments.get("REPLICATOR"));
  }
}
