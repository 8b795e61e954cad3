// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.database.ListenerToken;
import dev.divan.replicator.DocumentReplicationListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorChangeListener;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The listeners that are services: each hears of this replicator, unless its property {@link
 * Target#PROPERTY} says that it is for others.
 */
final class Subscriptions implements AutoCloseable {
  private final BundleContext context;
  private final Supplier<Map<String, Object>> properties;
  private final ServiceTracker<?, ?> changes;
  private final ServiceTracker<?, ?> documents;

  /**
   * @param properties of the replicator's service
   */
  Subscriptions(
      BundleContext context, Replicator replicator, Supplier<Map<String, Object>> properties) {
    this.context = context;
    this.properties = properties;
    changes =
        tracker(
            ReplicatorChangeListener.class,
            (listener, concerns) ->
                replicator.addChangeListener(
                    change -> {
                      if (concerns.getAsBoolean()) listener.changed(change);
                    }));
    documents =
        tracker(
            DocumentReplicationListener.class,
            (listener, concerns) ->
                replicator.addDocumentReplicationListener(
                    replication -> {
                      if (concerns.getAsBoolean()) listener.replicated(replication);
                    }));
    changes.open();
    documents.open();
  }

  /** What one service has subscribed to. */
  private static final class Subscription {
    private volatile Predicate<Map<String, ?>> target;
    private @Nullable ListenerToken token;

    Subscription(ServiceReference<?> reference) {
      target = Target.of(reference, true);
    }
  }

  private <L> ServiceTracker<L, Subscription> tracker(
      Class<L> type, BiFunction<L, BooleanSupplier, ListenerToken> subscribe) {
    return new ServiceTracker<L, Subscription>(context, type, null) {
      @Override
      public @Nullable Subscription addingService(ServiceReference<L> reference) {
        L listener = context.getService(reference);
        if (listener == null) return null;
        Subscription subscription = new Subscription(reference);
        subscription.token =
            subscribe.apply(listener, () -> subscription.target.test(properties.get()));
        return subscription;
      }

      @Override
      public void modifiedService(ServiceReference<L> reference, Subscription subscription) {
        subscription.target = Target.of(reference, true);
      }

      @Override
      public void removedService(ServiceReference<L> reference, Subscription subscription) {
        if (subscription.token != null) subscription.token.remove();
        Target.giveBack(context, reference);
      }
    };
  }

  @Override
  public void close() {
    changes.close();
    documents.close();
  }
}
