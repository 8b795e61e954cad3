// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.database.DatabaseClosedException;
import dev.divan.instance.Needs;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.instance.Turns;
import dev.divan.replicator.ReplicatorConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * A replicator for each configuration: waits for what it names, starts it, and carries changes over
 * to the running session; where that cannot be, it begins a new one, which resumes from the
 * checkpoint. Everything it does happens in turns.
 */
@Component(
    name = ReplicatorInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ReplicatorConfig.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.replicator.Replicator\"",
    effective = "active")
public final class ReplicatorInstance {
  static final String PID = "dev.divan.replicator";

  /** How long a deactivation waits if another thread is at it. */
  private static final long PATIENCE_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private final BundleContext context;
  private final ConversationThreads threads;
  private final Notice notice;
  private final Whiteboard whiteboard;
  private final Turns turns = new Turns(e -> LOG.error("a replicator failed", e));
  private volatile Map<String, Object> properties = Map.of();
  private volatile String name = "";
  private @Nullable Generation generation;
  private @Nullable Running running;
  private boolean listening;
  private boolean closed;

  @Activate
  public ReplicatorInstance(BundleContext context, @Reference ConversationThreads threads) {
    this.context = context;
    this.threads = threads;
    this.notice = new Notice(context);
    this.whiteboard =
        new Whiteboard(context, () -> this.properties, () -> turns.execute(this::moved));
  }

  /**
   * Not in the constructor: an instance whose reference goes while it is constructed is dropped
   * without being deactivated.
   */
  @Activate
  void activate(Map<String, Object> first) {
    Settings settings = new Settings(PID, first);
    name = settings.name();
    take(settings);
  }

  @Modified
  void modified(Map<String, Object> next) {
    take(new Settings(PID, next));
  }

  /** A session is not ended for a slip of the pen: it goes on as it was, and that is said. */
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
    name = fresh.settings.name();
    notice.accepted();
    if (former != null) {
      Changes changes = Changes.between(former.settings.said(), fresh.settings.said());
      for (String line : changes.lines()) LOG.info("replicator {}: {}", name, line);
      if (changes.session()) stop();
    }
    // tells the generation in the next turn whether something is missing
    fresh.wishes.needs().open();
    // not before the session has gone over to the new ones, which are asked in the turns between
    if (former != null) turns.execute(former.wishes.needs()::close);
  }

  /** Not before there are properties to be matched; with others it is looked at anew. */
  private void openWhiteboard() {
    if (listening) whiteboard.choose();
    else whiteboard.open();
    listening = true;
  }

  /** Somebody else has registered a filter or resolver for this replicator, or has gone. */
  private void moved() {
    if (generation != null) generation.moved();
  }

  @Deactivate
  void deactivate() {
    // a turn each: the next is run whatever becomes of the one before
    turns.execute(() -> closed = true);
    turns.execute(this::stop);
    turns.execute(notice::clear);
    turns.execute(whiteboard::close);
    if (!turns.executeAndWait(this::forget, PATIENCE_SECONDS))
      LOG.warn("replicator {} takes long to stop", name);
  }

  private void forget() {
    if (generation != null) generation.wishes.needs().close();
  }

  private void stop() {
    Running before = running;
    running = null;
    if (before != null) before.close();
  }

  /** One version of the configuration and what it needs; a former one is not listened to. */
  private final class Generation implements Needs.User {
    private final ReplicatorSettings settings;
    private final Wishes wishes;
    private final Lookout lookout = new Lookout();
    private boolean complete;
    private boolean told;

    /**
     * @throws IllegalArgumentException naming instance and property
     */
    Generation(Settings source) {
      this.settings = new ReplicatorSettings(source);
      this.wishes = new Wishes(context, settings, turns, this);
    }

    private boolean current() {
      return !closed && generation == this;
    }

    @Override
    public void complete() {
      if (!current()) return;
      told = false;
      complete = true;
      runOrChange();
    }

    @Override
    public void changed() {
      moved();
    }

    void moved() {
      if (current() && running != null) runOrChange();
    }

    @Override
    public void incomplete() {
      complete = false;
      if (current()) stop();
    }

    @Override
    public void waiting() {
      if (!current()) return;
      if (running != null && wishes.haveGround()) {
        // by the configuration before this one; what the missing are to be asked is held
        runOrChange();
      } else {
        stop();
        tell("waits for " + String.join(", ", wishes.needs().missing()));
      }
    }

    private void runOrChange() {
      try {
        Wishes.Surroundings surroundings =
            complete || running == null ? wishes.surroundings() : running.surroundings();
        if (running != null && !running.surroundings().equals(surroundings)) stop();
        properties = wishes.properties(surroundings.database());
        openWhiteboard();
        lookout.look(settings.name(), wishes.asked(whiteboard));
        List<String> missing = missing();
        ReplicatorConfiguration configuration =
            wishes.configuration(surroundings.database(), whiteboard);
        Running before = running;
        if (before != null) before.change(configuration, settings.autostart() && missing.isEmpty());
        else run(surroundings, configuration);
        if (missing.isEmpty()) notice.working();
        else notice.waiting(settings.source(), "waits for " + String.join(", ", missing));
      } catch (IllegalArgumentException e) {
        LOG.error("replicator {} cannot run: {}", settings.name(), e.getMessage());
        stop();
        notice.waiting(settings.source(), "cannot run: " + e.getMessage());
      } catch (DatabaseClosedException e) {
        // where two threads meet it may close before we are told; then that comes in a later turn
        LOG.info("replicator {} stops: {}", settings.name(), e.getMessage());
        stop();
        notice.waiting(settings.source(), "cannot run: " + e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("replicator {} failed to begin", settings.name(), e);
        stop();
        notice.waiting(settings.source(), "cannot run: " + e);
      }
    }

    private void run(Wishes.Surroundings surroundings, ReplicatorConfiguration configuration) {
      Running begun =
          new Running(
              context,
              settings.name(),
              surroundings,
              configuration,
              threads.get(),
              () -> properties);
      running = begun;
      if (settings.autostart()) begun.start();
    }

    private List<String> missing() {
      List<String> missing = new ArrayList<>(wishes.needs().missing());
      missing.addAll(whiteboard.missing());
      return missing;
    }

    /** Once for people, and as a service for whoever looks later. */
    private void tell(String sentence) {
      notice.waiting(settings.source(), sentence);
      if (told) LOG.debug("replicator {} {}", settings.name(), sentence);
      else LOG.info("replicator {} {}", settings.name(), sentence);
      told = true;
    }
  }
}
