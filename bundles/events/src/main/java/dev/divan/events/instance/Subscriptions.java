// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.instance;

import dev.divan.database.CollectionChange;
import dev.divan.database.CollectionChangeListener;
import dev.divan.events.letter.CollectionLetters;
import dev.divan.events.letter.Letter;
import dev.divan.events.letter.Topics;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/** Everything that is listened to for one choice of topics. */
final class Subscriptions implements AutoCloseable {
  private static final String EVERY = "(collection=*)";

  private final ServiceTracker<Replicator, Correspondent> replicators;
  private final @Nullable ServiceTracker<URLEndpointListener, Receptionist> listeners;
  private final @Nullable ServiceRegistration<CollectionChangeListener> collections;
  private volatile boolean closing;

  Subscriptions(BundleContext context, Topics topics, Consumer<Letter> post) {
    replicators =
        new ServiceTracker<>(context, Replicator.class, null) {
          @Override
          public @Nullable Correspondent addingService(ServiceReference<Replicator> reference) {
            Replicator replicator = context.getService(reference);
            return replicator == null
                ? null
                : new Correspondent(() -> name(reference), replicator, topics, post);
          }

          @Override
          public void removedService(
              ServiceReference<Replicator> reference, Correspondent correspondent) {
            if (closing) correspondent.close();
            else correspondent.gone();
            context.ungetService(reference);
          }
        };
    replicators.open();
    listeners =
        topics.wants(Topics.CONNECTED) || topics.wants(Topics.GONE)
            ? listeners(context, topics, post)
            : null;
    if (listeners != null) listeners.open();
    collections =
        topics.wants(Topics.CHANGED)
            ? context.registerService(
                CollectionChangeListener.class,
                change -> changed(change, post),
                new Hashtable<>(Map.of("collection.target", EVERY)))
            : null;
  }

  private static ServiceTracker<URLEndpointListener, Receptionist> listeners(
      BundleContext context, Topics topics, Consumer<Letter> post) {
    return new ServiceTracker<>(context, URLEndpointListener.class, null) {
      @Override
      public @Nullable Receptionist addingService(ServiceReference<URLEndpointListener> reference) {
        URLEndpointListener listener = context.getService(reference);
        return listener == null
            ? null
            : new Receptionist(() -> name(reference), listener, topics, post);
      }

      @Override
      public void removedService(
          ServiceReference<URLEndpointListener> reference, Receptionist receptionist) {
        receptionist.close();
        context.ungetService(reference);
      }
    };
  }

  private static void changed(CollectionChange change, Consumer<Letter> post) {
    CollectionLetters.changed(
            change.collection().getDatabase().getName(),
            change.collection().getFullName(),
            change.documentIDs())
        .forEach(post);
  }

  private static String name(ServiceReference<?> reference) {
    Object name = reference.getProperty("name");
    return name == null ? String.valueOf(reference.getProperty("service.id")) : name.toString();
  }

  @Override
  public void close() {
    closing = true;
    if (collections != null) collections.unregister();
    replicators.close();
    if (listeners != null) listeners.close();
  }
}
