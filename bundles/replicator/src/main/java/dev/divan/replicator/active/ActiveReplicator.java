// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.ListenerToken;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.replicator.DocumentReplicationListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorChangeListener;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.replicator.conversation.AwayException;
import dev.divan.replicator.conversation.Labels;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.wire.Faults;
import dev.divan.tls.TLSContexts;
import dev.divan.transport.Channel;
import dev.divan.transport.DialException;
import dev.divan.transport.Dialer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active peer: dials, hands each channel to a new session, and decides what to do when one
 * ends. All decisions are made on a lane of its own; the public methods only ask for them.
 */
public class ActiveReplicator implements Replicator {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  /** How long a stop may take before the connection is cut. */
  private static final int STOP_SECONDS = 3;

  private final Database database;
  private final ReplicaDatabase replicas;
  private final Threads threads;
  private final Labels labels;
  private final Executor control;
  private final Approach approach;
  private final Announcements announcements;
  private final PendingDocuments pending;
  private final ListenerToken databaseHook;

  /** Guards going from stopped to running and back. */
  private final Object turnover = new Object();

  private boolean running;

  /** Never changed itself, but replaced. */
  private volatile ReplicatorConfiguration configuration;

  // All below on the control lane, except that status and session are read from anywhere.
  private volatile ReplicatorStatus status;
  private volatile @Nullable ActiveSession session;
  private volatile @Nullable Counts counts;
  private Retry retry;
  private boolean stopping;
  private boolean reset;
  private @Nullable ScheduledFuture<?> pause;

  /**
   * @param tls makes contexts for secure schemes; null where none is needed
   */
  public ActiveReplicator(
      ReplicatorConfiguration configuration,
      Dialer dialer,
      @Nullable TLSContexts tls,
      Threads threads) {
    this(null, configuration, dialer, tls, threads);
  }

  /**
   * @param name for logs; null for none
   */
  public ActiveReplicator(
      @Nullable String name,
      ReplicatorConfiguration configuration,
      Dialer dialer,
      @Nullable TLSContexts tls,
      Threads threads) {
    this.configuration = new ReplicatorConfiguration(configuration);
    if (this.configuration.getCollections().isEmpty())
      throw new IllegalArgumentException("a replicator needs at least one collection");
    this.database = this.configuration.getCollections().get(0).getCollection().getDatabase();
    ReplicaDatabase adapted = database.adapt(ReplicaDatabase.class);
    if (adapted == null) throw new IllegalArgumentException("this database cannot be replicated");
    this.replicas = adapted;
    this.threads = threads;
    this.labels = new Labels(configuration.getTarget().url().toString(), name);
    this.control = labels.lane(threads);
    this.approach = new Approach(dialer, tls, labels.on(threads.workers()), control);
    this.announcements = new Announcements(this, labels.on(threads.workers()));
    this.status =
        new ReplicatorStatus(
            ReplicatorActivityLevel.STOPPED, new Counts(announcements).progress(), null);
    this.retry = new Retry(this.configuration);
    this.pending = new PendingDocuments(() -> this.configuration, database.getUuid(), replicas);
    this.databaseHook = replicas.onClose(this::close);
  }

  @Override
  public ReplicatorConfiguration getConfiguration() {
    return new ReplicatorConfiguration(configuration);
  }

  /**
   * Goes on by another configuration without a new connection. Filters and resolvers count at once,
   * in a running session too; what is asked while connecting, such as authenticator, headers and
   * trust, counts at the next connection, and a pause before it ends now. What a former push filter
   * has held back is not looked at again before it changes.
   *
   * @throws IllegalArgumentException if it differs in what a session is begun with: peer, type,
   *     continuous, collections and their choice of documents
   */
  public void change(ReplicatorConfiguration next) {
    ReplicatorConfiguration copy = new ReplicatorConfiguration(next);
    if (!SessionTerms.of(copy).equals(SessionTerms.of(configuration)))
      throw new IllegalArgumentException("another peer or choice of documents is another session");
    control.execute(
        () -> {
          configuration = copy;
          retry.change(copy);
          ActiveSession current = session;
          if (current != null) current.change(copy.getCollections());
          pauseIsOver();
        });
  }

  @Override
  public void start() {
    start(false);
  }

  @Override
  public void start(boolean resetCheckpoint) {
    Counts fresh = new Counts(announcements);
    synchronized (turnover) {
      if (running) return;
      running = true;
      // At once, so that nobody who has started it sees it stopped.
      status = new ReplicatorStatus(ReplicatorActivityLevel.CONNECTING, fresh.progress(), null);
    }
    control.execute(
        () -> {
          stopping = false;
          reset = resetCheckpoint;
          retry = new Retry(configuration);
          counts = fresh;
          dial();
        });
  }

  private void dial() {
    become(ReplicatorActivityLevel.CONNECTING, null);
    approach.begin(
        configuration,
        (channel, failure) -> {
          if (channel != null) connected(channel);
          else notConnected(failure);
        });
  }

  private void connected(Channel channel) {
    if (stopping) {
      channel.abort();
      stopped(null);
      return;
    }
    retry.connected();
    LOG.info("connected to {} ({})", configuration.getTarget().url(), channel.protocol());
    Counts current = counts;
    if (current == null) throw new IllegalStateException("connected before started");
    ActiveSession begun =
        new ActiveSession(
            channel,
            labels,
            threads,
            replicas,
            database.getUuid(),
            configuration,
            current,
            reset,
            new ActiveSession.Owner() {
              @Override
              public void changed(boolean busy) {
                sessionChanged(busy);
              }

              @Override
              public void ended(@Nullable ReplicatorException error) {
                control.execute(() -> sessionEnded(error));
              }
            });
    reset = false;
    session = begun;
    become(ReplicatorActivityLevel.BUSY, null);
    begun.start();
  }

  private void notConnected(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (stopping) stopped(null);
    else if (cause instanceof DialException dial) ended(Faults.fromDial(dial));
    else if (cause instanceof AwayException away)
      ended(new ReplicatorException(Domain.LOCAL, 503, true, away.getMessage(), away));
    else
      ended(
          Faults.local(
              "cannot connect: " + (cause == null ? "cancelled" : cause.getMessage()),
              cause == null ? new IllegalStateException("cancelled") : cause));
  }

  /** On the session's lane. */
  private void sessionChanged(boolean busy) {
    Counts current = counts;
    ReplicatorStatus before = status;
    if (current == null || session == null) return;
    ReplicatorActivityLevel level =
        busy || !configuration.isContinuous()
            ? ReplicatorActivityLevel.BUSY
            : ReplicatorActivityLevel.IDLE;
    if (before.activityLevel() == level && before.progress().equals(current.progress())) return;
    status = new ReplicatorStatus(level, current.progress(), null);
    announcements.statusChanged();
  }

  private void sessionEnded(@Nullable ReplicatorException error) {
    session = null;
    if (stopping || error == null) stopped(error == null || stopping ? null : error);
    else ended(error);
  }

  /** Something ended that should not have: again later, or not at all. */
  private void ended(ReplicatorException error) {
    retry.failed();
    if (!error.isTransient() || !retry.mayTryAgain()) {
      LOG.warn("{}: stopped: {}", configuration.getTarget().url(), error.getMessage());
      stopped(error);
      return;
    }
    Duration delay = retry.pause();
    LOG.info(
        "{}: {}; trying again in {} s",
        configuration.getTarget().url(),
        error.getMessage(),
        delay.toSeconds());
    become(ReplicatorActivityLevel.OFFLINE, error);
    pause =
        threads
            .timer()
            .schedule(
                () -> control.execute(this::pauseIsOver), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void pauseIsOver() {
    if (pause == null) return;
    pause.cancel(false);
    pause = null;
    dial();
  }

  private void stopped(@Nullable ReplicatorException error) {
    stopping = false;
    synchronized (turnover) {
      running = false;
      become(ReplicatorActivityLevel.STOPPED, error);
    }
  }

  private void become(ReplicatorActivityLevel level, @Nullable ReplicatorException error) {
    Counts current = counts;
    status =
        new ReplicatorStatus(
            level, current == null ? status.progress() : current.progress(), error);
    announcements.statusChanged();
  }

  @Override
  public void stop() {
    control.execute(
        () -> {
          if (stopping || status.activityLevel() == ReplicatorActivityLevel.STOPPED) return;
          stopping = true;
          ActiveSession current = session;
          if (pause != null) {
            pause.cancel(false);
            pause = null;
            stopped(null);
          } else if (approach.isUnderWay()) approach.cancel();
          else if (current != null) {
            current.stop();
            threads.timer().schedule(current::abandon, STOP_SECONDS, TimeUnit.SECONDS);
          }
        });
  }

  @Override
  public ReplicatorStatus getStatus() {
    return status;
  }

  @Override
  public ListenerToken addChangeListener(ReplicatorChangeListener listener) {
    return announcements.add(null, listener);
  }

  @Override
  public ListenerToken addChangeListener(Executor executor, ReplicatorChangeListener listener) {
    return announcements.add(executor, listener);
  }

  @Override
  public ListenerToken addDocumentReplicationListener(DocumentReplicationListener listener) {
    return announcements.add(listener);
  }

  @Override
  public Set<String> getPendingDocumentIds(Collection collection) {
    return pending.of(collection);
  }

  @Override
  public boolean isDocumentPending(String documentID, Collection collection) {
    return pending.contains(documentID, collection);
  }

  @Override
  public List<String> openWork() {
    ActiveSession current = session;
    return current == null ? List.of() : current.openWork();
  }

  @Override
  public void close() {
    databaseHook.remove();
    stop();
    try {
      announcements.when(ReplicatorActivityLevel.STOPPED).get(STOP_SECONDS + 2L, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      LOG.warn("{}: did not stop in time", configuration.getTarget().url());
    }
  }
}
