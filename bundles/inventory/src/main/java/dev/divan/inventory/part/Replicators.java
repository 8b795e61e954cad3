// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.inventory.text.Facts;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorStatus;
import java.net.URI;
import java.net.URISyntaxException;
import org.osgi.framework.ServiceReference;

/** The replicators: with whom, how far, what went wrong. */
final class Replicators implements Part {
  private final Services services;

  Replicators(Services services) {
    this.services = services;
  }

  @Override
  public Object tell() {
    return services.each(Replicator.class, Replicators::facts);
  }

  private static Object facts(ServiceReference<Replicator> reference, Replicator replicator) {
    ReplicatorConfiguration configuration = replicator.getConfiguration();
    ReplicatorStatus status = replicator.getStatus();
    ReplicatorException error = status.error();
    return new Facts()
        .add("name", Services.text(reference, "name"))
        .add("database", Services.text(reference, "database.name"))
        .add("url", plain(configuration.getTarget().url()))
        .add("type", configuration.getType())
        .add("continuous", configuration.isContinuous())
        .add("state", status.activityLevel())
        .add("documents done", status.progress().completed())
        .add("documents in all", status.progress().total())
        .add("pending", Part.told(() -> pending(replicator, configuration)))
        .add("last error", error == null ? null : error.toString())
        .add("waits for", replicator.openWork());
  }

  /** Where people put passwords and tokens, although it is refused, is left out. */
  static String plain(URI url) {
    try {
      return new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), null, null)
          .toString();
    } catch (URISyntaxException e) {
      return "(a URL that cannot be told)";
    }
  }

  private static Object pending(Replicator replicator, ReplicatorConfiguration configuration) {
    Facts facts = new Facts();
    for (CollectionConfiguration each : configuration.getCollections())
      facts.add(
          each.getCollection().getFullName(),
          replicator.getPendingDocumentIds(each.getCollection()).size());
    return facts;
  }
}
