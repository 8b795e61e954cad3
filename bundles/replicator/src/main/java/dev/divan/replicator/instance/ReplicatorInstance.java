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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private Wishes wishes;
  private Generation generation;
  private @Nullable Replicator replicator;
  private @Nullable ServiceRegistration<Replicator> registration;
  private boolean told;
  private boolean closed;

  @Activate
  public ReplicatorInstance(
      BundleContext context,
      @Reference ConversationThreads threads,
      Map<String, Object> properties) {
    this.context = context;
    this.threads = threads;
    this.notice = new Notice(context);
    this.generation = new Generation();
    this.wishes = new Wishes(context, new Settings(PID, properties), turns, generation);
    turns.execute(wishes.needs()::open);
  }

  @Modified
  void modified(Map<String, Object> next) {
    Generation fresh = new Generation();
    Wishes changed = new Wishes(context, new Settings(PID, next), turns, fresh);
    turns.execute(
        () -> {
          LOG.info(
              "replicator {} is configured anew: it resumes from its checkpoint", changed.name());
          end();
          wishes.needs().close();
          wishes = changed;
          generation = fresh;
          wishes.needs().open();
        });
  }

  @Deactivate
  void deactivate() {
    CountDownLatch done = new CountDownLatch(1);
    turns.execute(
        () -> {
          closed = true;
          end();
          notice.clear();
          wishes.needs().close();
          done.countDown();
        });
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
        LOG.warn("replicator {} takes long to stop", wishes.name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One version of the configuration; former ones are not listened to. */
  private final class Generation implements Needs.User {
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
            wishes.name(),
            String.join(", ", missing));
    }

    @Override
    public void incomplete() {
      if (current()) end();
    }

    @Override
    public void waiting() {
      if (current()) tell("waits for " + String.join(", ", wishes.needs().missing()));
    }
  }

  private void run() {
    try {
      Replicator made =
          new ActiveReplicator(
              wishes.configuration(), wishes.dialer(), wishes.tls(), threads.get());
      replicator = made;
      Hashtable<String, Object> properties = wishes.settings().open();
      properties.put("database.name", wishes.database().getName());
      properties.put("replicator.url", made.getConfiguration().getTarget().url().toString());
      registration = context.registerService(Replicator.class, made, properties);
      if (wishes.autostart()) made.start();
      notice.clear();
    } catch (IllegalArgumentException e) {
      LOG.error("replicator {} cannot run: {}", wishes.name(), e.getMessage());
      notice.show(wishes.settings(), "cannot run: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("replicator {} failed to begin", wishes.name(), e);
      end();
      notice.show(wishes.settings(), "cannot run: " + e);
    }
  }

  private void end() {
    if (registration != null) registration.unregister();
    registration = null;
    if (replicator != null) replicator.close();
    replicator = null;
  }

  /** Once for people, and as a service for whoever looks later. */
  private void tell(String sentence) {
    notice.show(wishes.settings(), sentence);
    if (told) LOG.debug("replicator {} {}", wishes.name(), sentence);
    else LOG.info("replicator {} {}", wishes.name(), sentence);
    told = true;
  }
}
