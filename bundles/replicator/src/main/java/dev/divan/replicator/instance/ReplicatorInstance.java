// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.instance.Needs;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.instance.Turns;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.active.ActiveReplicator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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
 * A replicator for each configuration: waits for what it names, starts it, and begins a new one
 * when the configuration changes; that resumes from the checkpoint. Everything it does happens in
 * turns.
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
  private final Turns turns = new Turns(e -> LOG.error("a replicator failed", e));
  private volatile Settings inForce;
  private @Nullable Generation generation;
  private @Nullable Replicator replicator;
  private @Nullable ServiceRegistration<Replicator> registration;
  private boolean closed;

  @Activate
  public ReplicatorInstance(
      BundleContext context,
      @Reference ConversationThreads threads,
      Map<String, Object> properties) {
    this.context = context;
    this.threads = threads;
    this.notice = new Notice(context);
    this.inForce = new Settings(PID, properties);
    take(inForce);
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
    if (former != null) {
      LOG.info(
          "replicator {} is configured anew: it resumes from its checkpoint",
          fresh.settings.name());
      stop();
      former.wishes.needs().close();
    }
    generation = fresh;
    inForce = fresh.settings;
    notice.accepted();
    fresh.wishes.needs().open();
  }

  @Deactivate
  void deactivate() {
    if (!turns.executeAndWait(this::end, PATIENCE_SECONDS))
      LOG.warn("replicator {} takes long to stop", inForce.name());
  }

  private void end() {
    closed = true;
    stop();
    notice.clear();
    if (generation != null) generation.wishes.needs().close();
  }

  private void stop() {
    if (registration != null) registration.unregister();
    registration = null;
    if (replicator != null) replicator.close();
    replicator = null;
  }

  /** One version of the configuration and what it needs; a former one is not listened to. */
  private final class Generation implements Needs.User {
    private final Settings settings;
    private final Wishes wishes;
    private boolean told;

    /**
     * @throws IllegalArgumentException naming instance and property
     */
    Generation(Settings settings) {
      this.settings = settings;
      this.wishes = new Wishes(context, settings, turns, this);
    }

    private boolean current() {
      return !closed && generation == this;
    }

    @Override
    public void complete() {
      if (!current()) return;
      told = false;
      run();
    }

    @Override
    public void changed() {
      // one that is there is asked at the next connection
      List<String> missing = wishes.needs().missing();
      if (current() && !missing.isEmpty())
        LOG.warn(
            "replicator {} cannot connect anew until it is back: {}",
            settings.name(),
            String.join(", ", missing));
    }

    @Override
    public void incomplete() {
      if (current()) stop();
    }

    @Override
    public void waiting() {
      if (current()) tell("waits for " + String.join(", ", wishes.needs().missing()));
    }

    private void run() {
      try {
        Replicator made =
            new ActiveReplicator(
                wishes.configuration(), wishes.dialer(), wishes.tls(), threads.get());
        replicator = made;
        Hashtable<String, Object> properties = settings.open();
        properties.put("database.name", wishes.database().getName());
        properties.put("replicator.url", made.getConfiguration().getTarget().url().toString());
        registration = context.registerService(Replicator.class, made, properties);
        if (wishes.autostart()) made.start();
        notice.working();
      } catch (IllegalArgumentException e) {
        LOG.error("replicator {} cannot run: {}", settings.name(), e.getMessage());
        notice.waiting(settings, "cannot run: " + e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("replicator {} failed to begin", settings.name(), e);
        stop();
        notice.waiting(settings, "cannot run: " + e);
      }
    }

    /** Once for people, and as a service for whoever looks later. */
    private void tell(String sentence) {
      notice.waiting(settings, sentence);
      if (told) LOG.debug("replicator {} {}", settings.name(), sentence);
      else LOG.info("replicator {} {}", settings.name(), sentence);
      told = true;
    }
  }
}
