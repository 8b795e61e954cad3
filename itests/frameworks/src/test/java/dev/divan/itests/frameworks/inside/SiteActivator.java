// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks.inside;

import dev.divan.database.Database;
import dev.divan.database.DivanException;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.itests.frameworks.site.Site;
import dev.divan.replicator.Replicator;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Reads and writes the databases that are services now. */
public final class SiteActivator implements BundleActivator, Site {
  private @Nullable ServiceTracker<Database, Database> databases;
  private @Nullable ServiceTracker<Replicator, Replicator> replicators;

  @Override
  public void start(BundleContext context) {
    databases = new ServiceTracker<>(context, Database.class, null);
    databases.open();
    replicators = new ServiceTracker<>(context, Replicator.class, null);
    replicators.open();
    context.registerService(Site.class, this, null);
  }

  @Override
  public void stop(BundleContext context) {
    databases.close();
    replicators.close();
  }

  @Override
  public boolean save(String database, String id, String text) {
    Database target = database(database);
    if (target == null) return false;
    try {
      target.getDefaultCollection().save(new MutableDocument(id).setString("text", text));
      return true;
    } catch (DivanException goneMeanwhile) {
      return false;
    }
  }

  @Override
  public @Nullable String text(String database, String id) {
    Database source = database(database);
    if (source == null) return null;
    try {
      Document document = source.getDefaultCollection().getDocument(id);
      return document == null ? null : document.getString("text");
    } catch (DivanException goneMeanwhile) {
      return null;
    }
  }

  @Override
  public long count(String database) {
    Database source = database(database);
    try {
      return source == null ? -1 : source.getDefaultCollection().getCount();
    } catch (DivanException goneMeanwhile) {
      return -1;
    }
  }

  @Override
  public List<String> replicators() {
    return references(replicators)
        .map(
            reference -> {
              Replicator replicator = replicators.getService(reference);
              return reference.getProperty("name")
                  + ": "
                  + (replicator == null
                      ? "gone"
                      : replicator.getStatus() + " " + replicator.openWork());
            })
        .toList();
  }

  private @Nullable Database database(String name) {
    return references(databases)
        .filter(reference -> name.equals(reference.getProperty("name")))
        .map(reference -> databases.getService(reference))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static <T> Stream<ServiceReference<T>> references(ServiceTracker<T, T> tracker) {
    ServiceReference<T>[] all = tracker.getServiceReferences();
    return all == null ? Stream.of() : Arrays.stream(all);
  }
}
