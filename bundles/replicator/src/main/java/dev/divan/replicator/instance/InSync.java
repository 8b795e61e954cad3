// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.database.DatabaseClosedException;
import dev.divan.database.ListenerToken;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.instance.Turns;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.conversation.Threads;
import dev.divan.store.StoreException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@code Condition} that is registered while a replicator is in sync: connected, everything the
 * peer has told of is here, and the peer has everything that is here.
 *
 * <p>It looks again after whatever may change that: a status, a commit. Strangers are called when a
 * service comes or goes, as long as they like; so it looks on workers, in turns and under no lock,
 * and neither lane nor commit waits for it. A listener of theirs may hold up the news of a status;
 * therefore it also looks from time to time.
 */
final class InSync implements AutoCloseable {
  static final String ID = "divan.insync";

  /** What is noticed late at worst; at rest a look is one read of a field. */
  private static final int LOOK_MILLIS = 250;

  /** As long as what is pending stays so a look counts it, and is taken ever less often. */
  private static final int SELDOM_MILLIS = 16_000;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private final BundleContext context;
  private final Replicator replicator;
  private final Threads threads;
  private final Hashtable<String, Object> properties = new Hashtable<>();
  private final Turns turns = new Turns(e -> LOG.error("a condition cannot be judged", e));
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final List<ListenerToken> tokens = new ArrayList<>();
  private volatile boolean closed;
  private volatile int pause = LOOK_MILLIS;

  /** Written in turns. */
  private volatile @Nullable ServiceRegistration<Condition> registration;

  private InSync(
      BundleContext context, Replicator replicator, Threads threads, Map<String, Object> service) {
    this.context = context;
    this.replicator = replicator;
    this.threads = threads;
    properties.put(Condition.CONDITION_ID, ID);
    properties.put("replicator", String.valueOf(service.get("name")));
    properties.put("database", String.valueOf(service.get("database.name")));
    tokens.add(replicator.addChangeListener(change -> wake()));
    ReplicatorConfiguration configuration = replicator.getConfiguration();
    if (configuration.getType().pushes())
      for (CollectionConfiguration each : configuration.getCollections()) hearCommits(each);
    wake();
  }

  /**
   * Begins to watch; null for a replicator that does not stay connected, and where the framework
   * does not have the package of conditions, which came with OSGi 8.
   *
   * @param service the properties of the replicator's service
   */
  static @Nullable InSync watch(
      BundleContext context, Replicator replicator, Threads threads, Map<String, Object> service) {
    if (!replicator.getConfiguration().isContinuous()) return null;
    try {
      Condition.class.getName();
    } catch (NoClassDefFoundError none) {
      LOG.debug("no conditions: nobody exports org.osgi.service.condition");
      return null;
    }
    return new InSync(context, replicator, threads, service);
  }

  private void hearCommits(CollectionConfiguration configured) {
    ReplicaDatabase database =
        configured.getCollection().getDatabase().adapt(ReplicaDatabase.class);
    if (database != null)
      tokens.add(database.replica(configured.getCollection()).onCommit(this::wake));
  }

  /** Something may be otherwise; from any thread. */
  private void wake() {
    pause = LOOK_MILLIS;
    ask();
  }

  private void ask() {
    if (closed || !asked.compareAndSet(false, true)) return;
    try {
      threads.workers().execute(() -> turns.execute(this::look));
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody looks any more: the bundle has stopped");
    }
  }

  private void look() {
    asked.set(false);
    if (closed) return;
    boolean idle = isIdle();
    if (idle && isPushed()) {
      pause = LOOK_MILLIS;
      hang();
    } else {
      takeDown();
      pause = Math.min(2 * pause, SELDOM_MILLIS);
    }
    if (idle) lookLater();
  }

  /** While it is idle; after that there will be news. */
  private void lookLater() {
    if (!waiting.compareAndSet(false, true)) return;
    try {
      threads.timer().schedule(this::later, pause, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody looks any more: the bundle has stopped");
    }
  }

  private void later() {
    waiting.set(false);
    if (closed) return;
    if (registration != null && isIdle()) lookLater();
    else ask();
  }

  /** Connected, nothing under way, the end of the peer's list reached. */
  private boolean isIdle() {
    return replicator.getStatus().activityLevel() == ReplicatorActivityLevel.IDLE;
  }

  /** What the peer could not take now is pending, though nothing is under way. */
  private boolean isPushed() {
    ReplicatorConfiguration configuration = replicator.getConfiguration();
    if (!configuration.getType().pushes()) return true;
    try {
      return configuration.getCollections().stream()
          .allMatch(each -> replicator.getPendingDocumentIds(each.getCollection()).isEmpty());
    } catch (DatabaseClosedException | StoreException e) {
      LOG.debug("what is pending cannot be known", e);
      return false;
    }
  }

  private void hang() {
    if (registration != null) return;
    try {
      registration = context.registerService(Condition.class, Condition.INSTANCE, properties);
    } catch (IllegalStateException e) {
      LOG.debug("the bundle has stopped", e);
    }
  }

  private void takeDown() {
    ServiceRegistration<Condition> former = registration;
    registration = null;
    Withdrawal.of(former);
  }

  /** It is gone on return, unless it was just coming or going: then it goes next. */
  @Override
  public void close() {
    closed = true;
    tokens.forEach(ListenerToken::remove);
    turns.execute(this::takeDown);
  }
}
