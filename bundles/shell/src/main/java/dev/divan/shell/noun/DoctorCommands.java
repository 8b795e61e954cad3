// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.URLEndpoint;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.CommandFailed;
import dev.divan.shell.command.Console;
import dev.divan.shell.doctor.Doctor;
import dev.divan.shell.doctor.Finding;
import dev.divan.shell.doctor.Network;
import dev.divan.shell.doctor.Patient;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Plain;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSContexts;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code doctor}. */
public final class DoctorCommands {
  private static final String DEFAULT = "_default._default";

  private DoctorCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "doctor",
            "URL-OR-REPLICATOR [--user NAME] [--password-file FILE] [--pin SHA256] [--self-signed]"
                + " [--collections NAMES]",
            "why two peers do not sync: name, port, TLS, trust, clock, login, database, protocol,"
                + " collections, each with what to do; a replicator's name takes all from it",
            DoctorCommands::doctor));
  }

  private static void doctor(Node node, Arguments arguments, Console console) throws IOException {
    String who = arguments.get("URL-OR-REPLICATOR");
    Patient patient =
        who.contains("://") ? stranger(who, arguments, console) : replicator(node, who, arguments);
    String scheme = String.valueOf(patient.url().getScheme());
    if (!scheme.equals("ws") && !scheme.equals("wss"))
      throw new CommandFailed("the doctor knows ws and wss, not " + scheme);
    List<Found<TLSContexts>> contexts = node.all(TLSContexts.class);
    Doctor doctor = new Doctor(new Network(contexts.isEmpty() ? null : contexts.get(0).service()));
    console.print(patient.url());
    boolean well = doctor.examine(patient, finding -> print(finding, console));
    if (!well) throw new CommandFailed("they cannot sync; the last line says what to do");
    console.print("nothing hinders these two");
  }

  private static Patient stranger(String url, Arguments arguments, Console console)
      throws IOException {
    BasicAuthenticator authenticator = null;
    String user = arguments.find("--user");
    if (user != null) {
      char[] password =
          PasswordCommands.ask(
              console, arguments.find("--password-file"), "Password of " + user + ":");
      authenticator = new BasicAuthenticator(user, password);
      Arrays.fill(password, '\0');
    }
    String pin = arguments.find("--pin");
    ServerTrust trust =
        pin != null
            ? new ServerTrust.Pinned(Set.of(pin))
            : arguments.has("--self-signed")
                ? new ServerTrust.OnlySelfSigned()
                : new ServerTrust.Authorities();
    String names = arguments.find("--collections");
    List<String> collections =
        names == null
            ? List.of(DEFAULT)
            : Arrays.stream(names.split(","))
                .map(String::strip)
                .map(name -> name.contains(".") ? name : "_default." + name)
                .toList();
    return new Patient(address(url), trust, authenticator, Map.of(), collections);
  }

  private static URI address(String url) {
    return URLEndpoint.of(url).url();
  }

  private static Patient replicator(Node node, String name, Arguments arguments) {
    for (String option : List.of("--user", "--password-file", "--pin", "--collections"))
      if (arguments.has(option))
        throw new CommandFailed(option + " goes with a URL; a replicator has its own");
    ReplicatorConfiguration configuration =
        Pick.one(node, Replicator.class, "replicator", ReplicatorCommands.PID, name)
            .service()
            .getConfiguration();
    return new Patient(
        configuration.getTarget().url(),
        configuration.getServerTrust(),
        configuration.getAuthenticator(),
        configuration.getHeaders(),
        configuration.getCollections().stream()
            .map(each -> each.getCollection().getFullName())
            .toList());
  }

  private static void print(Finding finding, Console console) {
    String mark =
        switch (finding.mark()) {
          case GOOD -> "ok      ";
          case DOUBT -> "look    ";
          case BAD -> "WRONG   ";
          case UNKNOWN -> "unknown ";
        };
    String check = finding.check() + " ".repeat(Math.max(0, 13 - finding.check().length()));
    console.print(mark + check + Plain.line(finding.what()));
    if (finding.fix() != null) console.print(" ".repeat(21) + "-> " + Plain.line(finding.fix()));
  }
}
