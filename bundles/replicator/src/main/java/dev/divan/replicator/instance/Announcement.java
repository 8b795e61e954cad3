// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.database.ListenerToken;
import dev.divan.instance.Turns;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.conversation.Threads;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replicator as a service. What it is doing is among its properties and follows it, but not more
 * than once a second: everybody who tracks services is called each time.
 */
final class Announcement implements AutoCloseable {
  static final String ACTIVITY = "replicator.activity";

  private static final int REST_SECONDS = 1;
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private final Replicator replicator;
  private final Threads threads;
  private final Supplier<Map<String, Object>> properties;
  private final Turns turns =
      new Turns(e -> LOG.error("a replicator's service properties cannot be set", e));
  private final AtomicBoolean resting = new AtomicBoolean();
  private final ServiceRegistration<Replicator> registration;
  private final ListenerToken token;
  private volatile Map<String, Object> shown;
  private volatile boolean closed;

  /**
   * @param properties but for the activity; none of them secret
   */
  Announcement(
      BundleContext context,
      Replicator replicator,
      Threads threads,
      Supplier<Map<String, Object>> properties) {
    this.replicator = replicator;
    this.threads = threads;
    this.properties = properties;
    Hashtable<String, Object> first = current();
    shown = first;
    registration = context.registerService(Replicator.class, replicator, first);
    token = replicator.addChangeListener(change -> activity());
  }

  private Hashtable<String, Object> current() {
    Hashtable<String, Object> current = new Hashtable<>(properties.get());
    current.put(ACTIVITY, level().name());
    return current;
  }

  private ReplicatorActivityLevel level() {
    return replicator.getStatus().activityLevel();
  }

  /** Properties are, or may be, others. */
  void refresh() {
    turns.execute(this::look);
  }

  private void look() {
    Hashtable<String, Object> current = current();
    if (closed || current.equals(shown)) return;
    shown = current;
    try {
      registration.setProperties(current);
    } catch (IllegalStateException e) {
      LOG.debug("the replicator's service is gone already", e);
    }
  }

  private void activity() {
    if (closed || level().name().equals(shown.get(ACTIVITY))) return;
    if (!resting.compareAndSet(false, true)) return;
    refresh();
    try {
      threads
          .timer()
          .schedule(() -> threads.workers().execute(this::rested), REST_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("activity is not followed any more: the bundle has stopped");
    }
  }

  private void rested() {
    resting.set(false);
    activity();
  }

  @Override
  public void close() {
    closed = true;
    token.remove();
    Withdrawal.of(registration);
  }
}
