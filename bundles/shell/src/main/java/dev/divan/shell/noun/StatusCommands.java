// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.auth.Authenticator;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.instance.Notice;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.shell.node.OpenProperties;
import dev.divan.shell.text.Facts;
import dev.divan.shell.text.Units;
import dev.divan.store.Store;
import dev.divan.tls.IdentityException;
import dev.divan.transport.Dialer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code status}: everything at once, to be read or sent to who helps. Without secrets. */
public final class StatusCommands {
  private StatusCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "status",
            "[FILE]",
            "an inventory of this node without its secrets, to read or to send to who helps",
            StatusCommands::status));
  }

  private static void status(Node node, Arguments arguments, Console console)
      throws IOException, IdentityException {
    String text = String.join("\n\n", parts(node));
    String file = arguments.find("FILE");
    if (file == null) {
      console.print(text);
    } else {
      Files.writeString(Path.of(file), text + "\n");
      console.print("written: " + Path.of(file).toAbsolutePath());
    }
  }

  private static List<String> parts(Node node) throws IdentityException {
    List<String> parts = new ArrayList<>();
    parts.add(machine().toString());
    parts.add(headed("BUNDLES", String.join("\n", node.bundles("dev.divan."))));
    parts.add(headed("DATABASES", DatabaseCommands.table(node)));
    parts.add(headed("LISTENERS", ListenerCommands.table(node)));
    parts.add(headed("PEERS", PeerCommands.clients(node)));
    parts.add(headed("REPLICATORS", ReplicatorCommands.table(node)));
    parts.add(headed("IDENTITIES", IdentityCommands.table(node)));
    parts.add(headed("SERVICES", services(node)));
    parts.add(headed("NOT AT WORK, OR NOT AS CONFIGURED", notices(node)));
    parts.add(headed("CONFIGURATIONS", configurations(node)));
    return parts;
  }

  private static String headed(String head, Object body) {
    String text = body.toString();
    return head + "\n" + (text.isEmpty() ? "none" : text);
  }

  private static Facts machine() {
    Runtime jvm = Runtime.getRuntime();
    return new Facts()
        .add("time", Units.time(Instant.now()))
        .add("Java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"))
        .add(
            "system",
            System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + " "
                + System.getProperty("os.arch"))
        .add("processors", jvm.availableProcessors())
        .add(
            "heap",
            Units.bytes(jvm.totalMemory() - jvm.freeMemory())
                + " of "
                + Units.bytes(jvm.maxMemory()));
  }

  private static Facts services(Node node) {
    return new Facts()
        .add("stores", names(node, Store.class))
        .add("listener authenticators", names(node, ListenerAuthenticator.class))
        .add("client authenticators", names(node, Authenticator.class))
        .add("filters", names(node, ReplicationFilter.class))
        .add("transports", schemes(node));
  }

  private static List<String> names(Node node, Class<?> type) {
    return node.all(type).stream().map(Found::name).toList();
  }

  private static List<String> schemes(Node node) {
    return node.all(Dialer.class).stream()
        .map(each -> each.properties().get("schemes"))
        .map(schemes -> schemes instanceof Object[] many ? Arrays.toString(many) : "" + schemes)
        .toList();
  }

  private static Facts notices(Node node) {
    Facts facts = new Facts();
    for (Map<String, Object> each : node.notices()) {
      Object refused = each.get(Notice.REFUSED);
      facts.add(
          String.valueOf(each.get("service.pid")),
          refused == null ? each.get(Notice.WAITING) : "refused: " + refused);
    }
    return facts;
  }

  private static String configurations(Node node) {
    List<String> all = new ArrayList<>();
    for (Map<String, Object> each : node.configurations("dev.divan.")) {
      Facts facts = new Facts();
      OpenProperties.of(each).forEach((key, value) -> facts.add("  " + key, value));
      all.add(each.get("service.pid") + "\n" + facts);
    }
    return String.join("\n", all);
  }
}
