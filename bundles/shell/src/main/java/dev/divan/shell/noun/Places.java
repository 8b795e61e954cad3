// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.database.Database;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Completion;
import dev.divan.shell.command.Place;
import dev.divan.shell.node.Absences;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What can stand where the usages of our commands have these words. */
public final class Places {
  public static final Map<String, Place> ALL =
      Map.of(
          "DATABASE", (node, before, begin) -> names(node, Database.class),
          "ID", Places::documents,
          "FROM", Places::documents,
          "--collection", (node, before, begin) -> Pick.database(node, before).getCollectionNames(),
          "LISTENER", (node, before, begin) -> listeners(node),
          "REPLICATOR", (node, before, begin) -> names(node, Replicator.class),
          "URL-OR-REPLICATOR", (node, before, begin) -> names(node, Replicator.class),
          "LABEL", (node, before, begin) -> labels(node));

  private Places() {}

  private static Set<String> names(Node node, Class<?> type) {
    Set<String> names = new TreeSet<>();
    for (Found<?> each : node.all(type)) {
      String name = each.text("name");
      if (name != null) names.add(name);
    }
    return names;
  }

  /** With those that were stopped, which are no services; they can be started. */
  private static Set<String> listeners(Node node) {
    Set<String> names = names(node, URLEndpointListener.class);
    names.addAll(Absences.of(node, ListenerCommands.PID, Set.copyOf(names)).sentences().keySet());
    return names;
  }

  private static Set<String> labels(Node node) throws IdentityException {
    Set<String> labels = new TreeSet<>();
    node.all(TLSIdentity.class).forEach(each -> labels.add(each.service().getLabel()));
    for (Found<TLSIdentities> each : node.all(TLSIdentities.class))
      labels.addAll(each.service().labels());
    return labels;
  }

  /** IDs lie in their order, so those that begin alike lie side by side. */
  private static Collection<String> documents(Node node, Arguments before, String begin) {
    List<String> ids = new ArrayList<>();
    Pick.collection(Pick.database(node, before), before)
        .forEach(
            begin.isEmpty() ? null : begin, null, Completion.MOST, each -> ids.add(each.getId()));
    return ids;
  }
}
