// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.listener.URLEndpointListener;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.CommandFailed;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Facts;
import dev.divan.shell.text.Table;
import dev.divan.shell.text.Units;
import dev.divan.tls.IdentityException;
import dev.divan.tls.IdentityInUseException;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** {@code identity-list}, {@code -show}, {@code -export}, {@code -delete}. Keys are never shown. */
public final class IdentityCommands {
  private IdentityCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "identity-list",
            "",
            "the TLS identities: label, fingerprint, how long they are valid, who shows them",
            IdentityCommands::list),
        new Command("identity-show", "LABEL", "one identity and its chain", IdentityCommands::show),
        new Command(
            "identity-export",
            "LABEL [FILE]",
            "the certificate as PEM, to pin it elsewhere; never the key",
            IdentityCommands::export),
        new Command(
            "identity-delete",
            "LABEL [--force]",
            "deletes an identity with its key; asks before, and refuses while it is in use",
            IdentityCommands::delete));
  }

  private static void list(Node node, Arguments arguments, Console console)
      throws IdentityException {
    console.print(table(node));
  }

  static Object table(Node node) throws IdentityException {
    Table table = new Table("identity", "subject", "signed", "valid", "shown by", "SHA-256");
    Instant now = Instant.now();
    for (TLSIdentity each : identities(node).values()) {
      X509Certificate own = each.getCerts().get(0);
      table.row(
          each.getLabel(),
          own.getSubjectX500Principal().getName(),
          signed(own),
          validity(own, now),
          String.join(", ", shownBy(node, each)),
          Units.fingerprint(each.getFingerprint()));
    }
    return table.isEmpty() ? "there is no identity yet; the first listener makes one" : table;
  }

  /** Those kept, and those of configurations, such as one in a key store. */
  private static Map<String, TLSIdentity> identities(Node node) throws IdentityException {
    Map<String, TLSIdentity> all = new TreeMap<>();
    for (Found<TLSIdentity> each : node.all(TLSIdentity.class))
      all.put(each.service().getLabel(), each.service());
    for (Found<TLSIdentities> keeper : node.all(TLSIdentities.class))
      for (String label : keeper.service().labels())
        keeper.service().getIdentity(label).ifPresent(each -> all.putIfAbsent(label, each));
    return all;
  }

  private static String signed(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        ? "by itself"
        : "by " + certificate.getIssuerX500Principal().getName();
  }

  private static String validity(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) return "NOT YET, from " + Units.time(from);
    if (now.isAfter(to)) return "EXPIRED " + Units.distance(now, to);
    return "until " + Units.time(to) + " (" + Units.distance(now, to) + ")";
  }

  private static List<String> shownBy(Node node, TLSIdentity identity) {
    return node.all(URLEndpointListener.class).stream()
        .filter(
            each -> {
              TLSIdentity shown = each.service().getTlsIdentity();
              return shown != null && shown.getFingerprint().equals(identity.getFingerprint());
            })
        .map(Found::name)
        .toList();
  }

  private static void show(Node node, Arguments arguments, Console console)
      throws IdentityException {
    TLSIdentity identity = one(node, arguments);
    Instant now = Instant.now();
    console.print(
        new Facts()
            .add("identity", identity.getLabel())
            .add("SHA-256", Units.fingerprint(identity.getFingerprint()))
            .add("shown by", shownBy(node, identity)));
    for (X509Certificate each : identity.getCerts())
      console.print(
          "\n"
              + new Facts()
                  .add("subject", each.getSubjectX500Principal().getName())
                  .add("signed", signed(each))
                  .add("valid", validity(each, now))
                  .add("from", Units.time(each.getNotBefore().toInstant()))
                  .add("for", names(each))
                  .add("key", each.getPublicKey().getAlgorithm())
                  .add("serial number", each.getSerialNumber().toString(16)));
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) all.forEach(each -> names.add(Objects.toString(each.get(1))));
    } catch (CertificateParsingException e) {
      names.add("(unreadable)");
    }
    return names;
  }

  private static void export(Node node, Arguments arguments, Console console)
      throws IdentityException, IOException {
    String pem = one(node, arguments).toPem();
    String file = arguments.find("FILE");
    if (file == null) {
      console.print(pem.strip());
    } else {
      Files.writeString(Path.of(file), pem);
      console.print("written: " + Path.of(file).toAbsolutePath());
    }
  }

  private static void delete(Node node, Arguments arguments, Console console)
      throws IdentityException {
    TLSIdentity identity = one(node, arguments);
    String label = identity.getLabel();
    Pick.sure(
        arguments,
        console,
        "Delete the identity "
            + label
            + " with its key? Who has pinned its certificate must be told of another.");
    boolean deleted = false;
    try {
      for (Found<TLSIdentities> each : node.all(TLSIdentities.class))
        deleted |= each.service().deleteIdentity(label, arguments.has("--force"));
    } catch (IdentityInUseException e) {
      throw new CommandFailed(
          label
              + " is in use by "
              + String.join(", ", e.getUsers())
              + "; --force deletes it all the same");
    }
    if (!deleted) throw new CommandFailed(label + " is not kept here; its key store has it");
    console.print("deleted " + label);
  }

  private static TLSIdentity one(Node node, Arguments arguments) throws IdentityException {
    Map<String, TLSIdentity> all = identities(node);
    TLSIdentity identity = all.get(arguments.get("LABEL"));
    if (identity == null)
      throw new CommandFailed(
          "there is no identity "
              + arguments.get("LABEL")
              + (all.isEmpty()
                  ? ", nor any other"
                  : "; there is " + String.join(", ", all.keySet())));
    return identity;
  }
}
