// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.instance.Turns;
import dev.divan.store.Store;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database for each configuration of {@code dev.divan.database}, open while its store is there,
 * and taken to another store when the configuration names one. Everything it does happens in turns.
 *
 * <p>Looks for the store itself: a reference of Declarative Services could be given {@code
 * store.target}, but not the short {@code store=name}. And registers the service itself, because
 * the name may come from the PID and the UUID from the store.
 */
@Component(
    name = DatabaseInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DatabaseConfig.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.database.Database\"",
    effective = "active")
public final class DatabaseInstance {
  static final String PID = "dev.divan.database";
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  /** How long a deactivation waits if another thread is at it. */
  private static final long PATIENCE_SECONDS = 15;

  private final BundleContext context;
  private final Turns turns = new Turns(e -> LOG.error("a database failed", e));
  private final Notice notice;
  private final Stores stores;

  // All of it belongs to the turns.
  private @Nullable DatabaseSettings settings;
  private @Nullable Tenancy tenancy;
  private @Nullable Relocation relocation;
  private @Nullable ServiceReference<Store> refusing;
  private boolean ready;
  private boolean closed;

  @Activate
  public DatabaseInstance(BundleContext context) {
    this.context = context;
    this.notice = new Notice(context);
    this.stores = new Stores(context, () -> turns.execute(this::settle));
  }

  @Activate
  void activate(Map<String, Object> first) {
    take(new Settings(PID, first));
    stores.open();
    // Not before all are known, or it would open in the first that comes.
    turns.execute(
        () -> {
          ready = true;
          settle();
        });
  }

  @Modified
  void modified(Map<String, Object> next) {
    take(new Settings(PID, next));
  }

  /** An open database is not closed for a slip of the pen: it stays as it was, and says so. */
  private void take(Settings source) {
    DatabaseSettings fresh;
    try {
      fresh = DatabaseSettings.of(source);
    } catch (IllegalArgumentException e) {
      turns.execute(() -> LOG.error("{}", notice.refused(source, e, tenancy != null)));
      return;
    }
    turns.execute(() -> follow(fresh));
  }

  private void follow(DatabaseSettings fresh) {
    DatabaseSettings before = settings;
    settings = fresh;
    refusing = null;
    notice.accepted();
    if (before != null) {
      Differences.between(before, fresh).forEach(line -> LOG.info("{}", line));
      if (!before.name().equals(fresh.name())) {
        leave();
      }
    }
    Tenancy open = tenancy;
    if (open != null) {
      try {
        open.collections(fresh.collections());
      } catch (RuntimeException e) {
        LOG.error("database {}: a collection cannot be made", fresh.name(), e);
      }
      open.publish(fresh);
    }
    settle();
  }

  @Deactivate
  void deactivate() {
    // a turn each: the next is run whatever becomes of the one before
    turns.execute(() -> closed = true);
    turns.execute(this::leave);
    turns.execute(stores::close);
    if (!turns.executeAndWait(notice::clear, PATIENCE_SECONDS)) {
      LOG.warn("a database takes long to stop");
    }
  }

  /** Brings the database to where the configuration wants it, given the stores there are. */
  private void settle() {
    DatabaseSettings now = settings;
    if (closed || !ready || now == null) {
      return;
    }
    Stores.Choice wanted = stores.best(now.storeFilter());
    Relocation moving = relocation;
    Tenancy open = tenancy;
    boolean stays =
        open != null && stores.has(open.choice().reference()) && moving != null && wanted != null;
    if (moving != null && !(stays && same(moving.to(), wanted))) {
      stopMoving(moving);
    }
    open = tenancy;
    if (open != null && !stores.has(open.choice().reference())) {
      leave();
      open = null;
    }
    if (open == null) {
      open(now, wanted);
    } else {
      stay(now, open, wanted);
    }
  }

  private static boolean same(Stores.Choice one, Stores.@Nullable Choice other) {
    return other != null && one.reference().equals(other.reference());
  }

  private void open(DatabaseSettings now, Stores.@Nullable Choice wanted) {
    Opening.Outcome outcome;
    try {
      outcome = new Opening(context, stores, now).in(wanted);
    } catch (RuntimeException e) {
      LOG.error("database {} cannot be opened: {}", now.name(), e.getMessage(), e);
      notice.waiting(now.source(), "cannot be opened: " + e.getMessage());
      return;
    }
    if (outcome instanceof Opening.Waits waits) {
      waits(now, waits.sentence());
    } else if (outcome instanceof Opening.Opened opened) {
      tenancy = opened.tenancy();
      opened.tenancy().publish(now);
      notice.working();
      stay(now, opened.tenancy(), wanted);
    }
  }

  private void waits(DatabaseSettings now, String sentence) {
    notice.waiting(now.source(), sentence);
    LOG.info("database {} {}", now.name(), sentence);
  }

  /** Open: goes to the store wanted, or says why not. */
  private void stay(DatabaseSettings now, Tenancy open, Stores.@Nullable Choice wanted) {
    if (wanted == null) {
      waits(now, "stays in store " + open.choice().name() + "; to move, it " + Opening.sought(now));
    } else if (same(open.choice(), wanted)) {
      notice.working();
    } else if (!now.moveContents() || !wanted.named() || !open.choice().named()) {
      leave();
      open(now, wanted);
    } else if (relocation == null && !wanted.reference().equals(refusing)) {
      waits(now, Relocation.words(open.choice(), wanted));
      relocation =
          new Relocation(
              open.database(),
              open.choice(),
              wanted,
              (moving, words) -> turns.execute(() -> tell(moving, words)),
              moving -> turns.execute(() -> ended(moving)));
      relocation.start();
    }
  }

  private void tell(Relocation moving, String words) {
    DatabaseSettings now = settings;
    if (moving == relocation && now != null) {
      notice.waiting(now.source(), words);
    }
  }

  private void ended(Relocation moving) {
    if (moving == relocation) {
      relocation = null;
      conclude(moving);
      settle();
    }
  }

  /** Breaks it off, unless it is over by now. */
  private void stopMoving(Relocation moving) {
    relocation = null;
    moving.stop();
    DatabaseSettings now = settings;
    Tenancy open = tenancy;
    if (now == null || open == null) {
      return;
    }
    if (moving.hasMoved()) {
      adopt(now, open, moving);
    } else {
      LOG.info(
          "database {} stays in store {}; the move to store {} was broken off",
          now.name(),
          open.choice().name(),
          moving.to().name());
    }
  }

  private void conclude(Relocation moving) {
    DatabaseSettings now = settings;
    Tenancy open = tenancy;
    if (now == null || open == null) {
      return;
    }
    if (moving.hasMoved()) {
      adopt(now, open, moving);
    } else {
      refused(now, open, moving);
    }
  }

  private void refused(DatabaseSettings now, Tenancy open, Relocation moving) {
    String from = open.choice().name();
    if (moving.isOccupied() && now.storeFilter() == null) {
      // Nobody named a store, so nobody meant the contents here: the better store's own count.
      LOG.warn("database {} is closed in store {}: {}", now.name(), from, moving.why());
      leave();
      new MemoryFile(context, now.name()).write(null);
      return;
    }
    refusing = moving.to().reference();
    String sentence =
        "stays in store "
            + from
            + "; it did not move to store "
            + moving.to().name()
            + ": "
            + moving.why();
    LOG.error("database {} {}", now.name(), sentence, moving.failure());
    notice.waiting(now.source(), sentence);
  }

  private void adopt(DatabaseSettings now, Tenancy open, Relocation moving) {
    open.moved(moving.to());
    try {
      new MemoryFile(context, now.name()).write(open.memory());
    } catch (RuntimeException e) {
      LOG.warn("database {}: where it is now is not remembered", now.name(), e);
    }
    open.publish(now);
    notice.working();
    LOG.info("database {} {}", now.name(), moving.summary());
  }

  private void leave() {
    Relocation moving = relocation;
    if (moving != null) {
      stopMoving(moving);
    }
    Tenancy open = tenancy;
    tenancy = null;
    if (open != null) {
      open.end();
    }
  }
}
