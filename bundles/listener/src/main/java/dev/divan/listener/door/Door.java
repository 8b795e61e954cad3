// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.database.Database;
import dev.divan.database.ListenerToken;
import dev.divan.listener.ConnectionStatus;
import dev.divan.listener.ListenerException;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.tls.TLSIdentity;
import dev.divan.transport.Closure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener. Opening, changing and closing exclude each other; everything else reads what is
 * open now.
 */
public final class Door implements URLEndpointListener {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final Surroundings surroundings;
  private final Runnable moved;
  private final Guests guests;
  private final Logins logins;
  private final Doorman doorman;
  private final Threshold threshold;
  private final Object lock = new Object();
  private volatile Terms next;
  private @Nullable String fingerprint;
  private volatile @Nullable Open open;

  /** Whether it is to be open, so that one who has closed it is told from a port that was lost. */
  private volatile boolean wanted;

  private volatile boolean retired;

  /**
   * @param moved run after the door has opened, closed, or got another port; not under a lock
   */
  public Door(Surroundings surroundings, Terms terms, Runnable moved) {
    this(surroundings, terms, moved, System::nanoTime, Door::pause, Guests.PATIENCE);
  }

  Door(
      Surroundings surroundings,
      Terms terms,
      Runnable moved,
      LongSupplier nanos,
      Function<Duration, CompletionStage<Void>> later,
      Duration patience) {
    this.guests = new Guests(patience);
    this.surroundings = surroundings;
    this.next = terms;
    this.moved = moved;
    this.logins = new Logins(surroundings.judging(), new Slowdown(nanos), later);
    this.doorman =
        new Doorman(
            surroundings.passive(),
            new Reception(surroundings.passive(), guests, () -> open),
            guests,
            logins);
    this.threshold = new Threshold(surroundings, doorman);
  }

  private static CompletionStage<Void> pause(Duration delay) {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public void start() throws ListenerException {
    synchronized (lock) {
      if (open != null) {
        return;
      }
      if (retired) {
        throw new ListenerException(
            "listener " + name() + " is gone, with its configuration or something it needs", null);
      }
      unlock(next);
    }
    moved.run();
    announce();
  }

  private void unlock(Terms terms) throws ListenerException {
    open = threshold.bind(terms);
    next = terms;
    doorman.use(terms);
    wanted = true;
  }

  @Override
  public void stop() {
    boolean was;
    synchronized (lock) {
      if (open == null && !wanted) {
        return;
      }
      wanted = false;
      was = lockUp();
    }
    moved.run();
    if (was) {
      LOG.info("listener {}: stopped until somebody starts it", name());
    }
    guests.await(guests.sendAway(Closure.TRANSIENT, "listener is stopping"));
  }

  /**
   * Closes for good: it does not start any more.
   *
   * @return whether somebody had stopped it
   */
  public boolean retire() {
    boolean was;
    boolean stopped;
    synchronized (lock) {
      stopped = !wanted;
      retired = true;
      was = lockUp();
    }
    moved.run();
    if (was) {
      LOG.info("listener {}: stopped", name());
    }
    guests.await(guests.sendAway(Closure.TRANSIENT, "listener is stopping"));
    return stopped;
  }

  private boolean lockUp() {
    Open was = open;
    if (was == null) {
      return false;
    }
    open = null;
    doorman.use(null);
    was.binding().close();
    return true;
  }

  /** Whether it is closed until somebody starts it, and not because it lost its port. */
  public boolean isStopped() {
    return !wanted && !retired;
  }

  /**
   * Goes on under other terms. What can change without anybody noticing does; clients are sent away
   * to come back where what they see changes; a new socket is opened before the old one closes
   * where the address changes. A door that is stopped takes the terms for when it is started, one
   * that has lost its port opens under them.
   *
   * @throws ListenerException if the new socket cannot be had; the door is then as it was, or,
   *     where the old socket had to make room for the new one and could not come back either,
   *     closed
   */
  public void change(Terms terms) throws ListenerException {
    boolean rebound;
    try {
      synchronized (lock) {
        rebound = changeOpen(terms);
      }
    } finally {
      moved.run();
    }
    if (rebound) {
      announce();
    }
  }

  private boolean changeOpen(Terms terms) throws ListenerException {
    Open was = open;
    if (was == null) {
      return changeClosed(terms);
    }
    Changes changes = Changes.between(was.terms(), terms);
    if (changes.rebind()) {
      rebind(was, terms);
    } else {
      threshold.show(terms);
      open = was.under(terms);
      if (terms.configuration().getMaxConnections() > was.sockets()) {
        LOG.warn(
            "listener {}: no more than {} connections until it is restarted",
            terms.name(),
            was.sockets());
      }
    }
    next = terms;
    doorman.use(terms);
    changes.lines().forEach(line -> LOG.info("listener {}: {}", terms.name(), line));
    TLSIdentity shown = threshold.identity();
    if (shown != null && !shown.getFingerprint().equals(fingerprint)) {
      fingerprint = shown.getFingerprint();
      LogLines.identity(terms, shown);
    }
    if (!changes.rebind() && !was.terms().admission().sameAs(terms.admission())) {
      LogLines.exposure(was.under(terms));
    }
    if (changes.endsSessions()) {
      guests.sendAway(Closure.TRANSIENT, "listener has changed");
    }
    return changes.rebind();
  }

  private boolean changeClosed(Terms terms) throws ListenerException {
    Changes changes = Changes.between(next, terms);
    if (wanted) {
      unlock(terms);
      changes.lines().forEach(line -> LOG.info("listener {}: {}", terms.name(), line));
      return true;
    }
    next = terms;
    for (Changes.Line line : changes.lines()) {
      LOG.info("listener {}: {} (counts when it is started)", terms.name(), line.what());
    }
    return false;
  }

  private void rebind(Open was, Terms terms) throws ListenerException {
    int port = terms.configuration().getPort();
    if (port == 0 || port != was.binding().port()) {
      Open fresh = threshold.bind(terms);
      open = fresh;
      was.binding().close();
      return;
    }
    // two sockets cannot have the same port, so the old one goes first and comes back on failure
    was.binding().close();
    try {
      open = threshold.bind(terms);
    } catch (ListenerException e) {
      try {
        open = threshold.bind(was.terms());
      } catch (ListenerException both) {
        e.addSuppressed(both);
        open = null;
        doorman.use(null);
        guests.sendAway(Closure.TRANSIENT, "listener is stopping");
      }
      throw e;
    }
  }

  private void announce() {
    Open now = open;
    if (now != null) {
      TLSIdentity shown = threshold.identity();
      synchronized (lock) {
        fingerprint = shown == null ? null : shown.getFingerprint();
      }
      LogLines.opened(now, getUrls(), shown);
    }
  }

  /** Its name. */
  public String name() {
    Open now = open;
    return (now == null ? next : now.terms()).name();
  }

  /** The name of the database it shares. */
  public String databaseName() {
    Open now = open;
    return (now == null ? next : now.terms()).databaseName();
  }

  /** Whether it shares this one. */
  public boolean shares(Database database) {
    Open now = open;
    return (now == null ? next : now.terms()).configuration().getCollections().get(0).getDatabase()
        == database;
  }

  /** Logins refused so far. */
  public long refusedLogins() {
    return logins.refused();
  }

  @Override
  public URLEndpointListenerConfiguration getConfiguration() {
    Open now = open;
    return new URLEndpointListenerConfiguration((now == null ? next : now.terms()).configuration());
  }

  @Override
  public int getPort() {
    Open now = open;
    return now == null ? 0 : now.binding().port();
  }

  @Override
  public List<URI> getUrls() {
    Open now = open;
    return now == null ? List.of() : now.urls();
  }

  @Override
  public ConnectionStatus getStatus() {
    List<PassiveSession> present = guests.list();
    int busy = (int) present.stream().filter(PassiveSession::busy).count();
    return new ConnectionStatus(present.size(), busy);
  }

  @Override
  public List<PassiveSession> getSessions() {
    return guests.list();
  }

  @Override
  public ListenerToken addSessionListener(Consumer<PassiveSession> listener) {
    return guests.announceTo(listener);
  }

  @Override
  public @Nullable TLSIdentity getTlsIdentity() {
    return open == null ? null : threshold.identity();
  }

  @Override
  public void close() {
    stop();
  }
}
