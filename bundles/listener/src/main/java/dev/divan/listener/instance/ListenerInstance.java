// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.instance;

import dev.divan.instance.Needs;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.instance.Turns;
import dev.divan.listener.ListenerException;
import dev.divan.listener.door.Door;
import dev.divan.listener.door.Surroundings;
import dev.divan.listener.door.Terms;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener for each configuration: waits for what it names, opens the door, keeps trying while
 * the port is taken, and carries changes over to the open door. Everything it does happens in
 * turns. A door that somebody has stopped stays a service and closed, whatever changes, comes or
 * goes, until somebody starts it.
 */
@Component(
    name = ListenerInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ListenerConfig.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.listener.URLEndpointListener\"",
    effective = "active")
public final class ListenerInstance {
  static final String PID = "dev.divan.listener";

  /** Between two tries to open: 1, 2, 4 … seconds, and then always this. */
  static final int LONGEST_PAUSE_SECONDS = 30;

  /** How long a deactivation waits if another thread is at it: what closing may take, and a bit. */
  private static final long PATIENCE_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final BundleContext context;
  private final ListenerThreads threads;
  private final Notice notice;
  private final Turns turns = new Turns(e -> LOG.error("a listener failed", e));
  private volatile Settings inForce = new Settings(PID, Map.of());
  private @Nullable Generation generation;
  private @Nullable Door door;
  private @Nullable Future<?> retry;
  private int tries;

  /** Whether somebody had stopped the last door: then the next one waits to be started. */
  private boolean stopped;

  private boolean closed;

  @Activate
  public ListenerInstance(BundleContext context, @Reference ListenerThreads threads) {
    this.context = context;
    this.threads = threads;
    this.notice = new Notice(context);
  }

  /**
   * Not in the constructor: whoever loses a reference while that runs is dropped without being
   * deactivated.
   */
  @Activate
  void activate(Map<String, Object> first) {
    inForce = new Settings(PID, first);
    take(inForce);
  }

  @Modified
  void modified(Map<String, Object> next) {
    take(new Settings(PID, next));
  }

  /** An open listener is not closed for a slip of the pen: it stays as it was, and says so. */
  private void take(Settings settings) {
    Generation fresh;
    try {
      fresh = new Generation(settings);
    } catch (IllegalArgumentException e) {
      turns.execute(() -> LOG.error("{}", notice.refused(settings, e, generation != null)));
      return;
    }
    turns.execute(() -> follow(fresh));
  }

  private void follow(Generation fresh) {
    Generation former = generation;
    generation = fresh;
    inForce = fresh.settings.source();
    notice.accepted();
    if (former != null && !former.settings.name().equals(fresh.settings.name())) {
      LOG.info(
          "listener {}: name {} → {} (hot: sessions stay)",
          fresh.settings.name(),
          former.settings.name(),
          fresh.settings.name());
    }
    if (fresh.settings.disableTLS() && fresh.settings.identity() != null) {
      LOG.warn(
          "listener {}: disableTLS and tlsIdentity are both set; disableTLS counts, there is no TLS"
              + " and the identity is not shown",
          fresh.settings.name());
    }
    tries = 0;
    cancelRetry();
    // tells the generation in the next turn whether something is missing
    // an open door stays open without an authenticator that is yet to come, and refuses
    fresh.wanted.needs().open(door != null);
    if (former != null) {
      // not before the door has gone over to the new ones, which are asked in the turns between
      turns.execute(former.wanted.needs()::close);
    }
  }

  @Deactivate
  void deactivate() {
    if (!turns.executeAndWait(this::end, PATIENCE_SECONDS)) {
      LOG.warn("listener {} takes long to stop", inForce.name());
    }
  }

  private void end() {
    closed = true;
    cancelRetry();
    try {
      shut();
    } finally {
      notice.clear();
      if (generation != null) {
        generation.wanted.needs().close();
      }
    }
  }

  private void shut() {
    Door now = door;
    door = null;
    if (now != null) {
      stopped = now.retire();
    }
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }

  /** One version of the configuration and what it needs; a former one is not listened to. */
  private final class Generation implements Needs.User {
    private final ListenerSettings settings;
    private final Wanted wanted;
    private boolean told;
    private List<String> away = List.of();

    /**
     * @throws IllegalArgumentException naming instance and property
     */
    Generation(Settings source) {
      this.settings = ListenerSettings.of(source);
      this.wanted = new Wanted(context, settings, turns, this);
    }

    private boolean current() {
      return !closed && generation == this;
    }

    @Override
    public void complete() {
      if (current()) {
        told = false;
        tries = 0;
        look();
        openOrChange();
      }
    }

    @Override
    public void changed() {
      if (current()) {
        look();
        openOrChange();
      }
    }

    /** Who is asked while the door is open may go and come back; both are told once. */
    private void look() {
      List<String> missing = wanted.needs().missing();
      if (missing.equals(away)) {
        return;
      }
      if (missing.isEmpty()) {
        LOG.info(
            "listener {}: there again: {} (hot: counts for the next connection)",
            settings.name(),
            String.join(", ", away));
      } else {
        LOG.warn(
            "listener {} lets nobody in until it is back: {}",
            settings.name(),
            String.join(", ", missing));
      }
      away = missing;
    }

    @Override
    public void incomplete() {
      if (current()) {
        cancelRetry();
        shut();
      }
    }

    @Override
    public void waiting() {
      if (current()) {
        // a door left open by the configuration before this one
        shut();
        tell("waits for " + String.join(", ", wanted.needs().missing()));
      }
    }

    private void openOrChange() {
      cancelRetry();
      try {
        Terms terms = wanted.terms();
        Surroundings surroundings = wanted.surroundings(threads.judging());
        Door now = door;
        if (now != null && !now.surroundings().equals(surroundings)) {
          shut();
          now = null;
        }
        if (now == null) {
          open(surroundings, terms);
        } else {
          now.change(terms);
        }
        tries = 0;
        notice.working();
      } catch (ListenerException e) {
        tryAgain(e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("listener {} failed to open", settings.name(), e);
        tryAgain(String.valueOf(e.getMessage()));
      }
    }

    private void open(Surroundings surroundings, Terms terms) throws ListenerException {
      Announcement[] announcement = new Announcement[1];
      Door fresh = new Door(surroundings, terms, () -> announcement[0].refresh());
      announcement[0] =
          new Announcement(
              context,
              () -> fresh,
              // one that has lost its port is no service, but one that was stopped can be started
              Generation::isOpenOrStopped,
              () -> inForce.open());
      if (stopped) {
        LOG.info("listener {}: still stopped until somebody starts it", settings.name());
        announcement[0].refresh();
      } else {
        fresh.start();
      }
      door = fresh;
    }

    private void tryAgain(String why) {
      notice.waiting(settings.source(), why);
      long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(tries, 10));
      if (tries == 0) {
        LOG.error(
            "listener {}{}: {}; trying again until it works",
            settings.name(),
            isOpenOrStopped(door) ? " stays as it was" : " is not open",
            why);
      } else {
        LOG.debug("listener {}: {}; trying again in {} s", settings.name(), why, pause);
      }
      tries++;
      try {
        retry =
            threads.timer().schedule(() -> turns.execute(this::retried), pause, TimeUnit.SECONDS);
      } catch (RejectedExecutionException stopping) {
        LOG.debug("listener {} is not tried again", settings.name(), stopping);
      }
    }

    private static boolean isOpenOrStopped(@Nullable Door door) {
      return door != null && (door.getPort() != 0 || door.isStopped());
    }

    private void retried() {
      if (current() && retry != null && wanted.needs().missing().isEmpty()) {
        openOrChange();
      }
    }

    /** Once for people, and as a service for whoever looks later. */
    private void tell(String sentence) {
      notice.waiting(settings.source(), sentence);
      if (told) {
        LOG.debug("listener {} {}", settings.name(), sentence);
      } else {
        LOG.info("listener {} {}", settings.name(), sentence);
      }
      told = true;
    }
  }
}
