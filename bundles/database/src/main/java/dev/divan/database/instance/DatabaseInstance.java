// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.Database;
import dev.divan.database.local.LocalDatabase;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.store.Store;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database for each configuration of {@code dev.divan.database}, open while its store is there.
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
@Designate(ocd = DatabaseInstance.Config.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.database.Database\"",
    effective = "active")
public final class DatabaseInstance implements ServiceTrackerCustomizer<Store, Store> {
  static final String PID = "dev.divan.database";
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  /** The configuration of a database. */
  @ObjectClassDefinition(
      name = "Divan database",
      description = "Documents in a store, ready to be replicated")
  @interface Config {
    @AttributeDefinition(
        name = "Name",
        description = "Of the database and of its service; default: the name part of the PID",
        required = false)
    String name() default "";

    @AttributeDefinition(
        name = "Store",
        description = "The name of its store; default: the best ranked one",
        required = false)
    String store() default "";

    @AttributeDefinition(
        name = "Store filter",
        description = "Which store, as an LDAP filter, in place of its name",
        required = false)
    String store_target() default "";

    @AttributeDefinition(
        name = "Collections",
        description =
            "Made at the start if they are not there, as scope.name; a bare name is in _default",
        required = false)
    String[] collections() default {"_default._default"};

    @AttributeDefinition(
        name = "Delta sync",
        description = "Whether replicators may send deltas",
        required = false)
    boolean deltaSync() default false;
  }

  private final BundleContext context;
  private final DatabaseSettings settings;
  private final Hashtable<String, Object> published;
  private final ServiceTracker<Store, Store> stores;

  // Guarded by this object.
  private final Notice notice;
  private boolean closed;
  private @Nullable ServiceReference<Store> chosen;
  private @Nullable LocalDatabase database;
  private @Nullable ServiceRegistration<Database> registration;
  private @Nullable ChangeWhiteboard whiteboard;

  @Activate
  public DatabaseInstance(BundleContext context, Map<String, Object> properties)
      throws InvalidSyntaxException {
    this.context = context;
    this.notice = new Notice(context);
    Settings source = new Settings(PID, properties);
    this.settings = DatabaseSettings.of(source);
    this.published = source.open();
    published.put("database.name", settings.name());
    this.stores = new ServiceTracker<>(context, filter(settings), this);
    stores.open();
    synchronized (this) {
      if (chosen == null) {
        waiting();
      }
    }
  }

  private void waiting() {
    String filter = settings.storeFilter();
    String sentence = filter == null ? "waits for store" : "waits for store " + filter;
    notice.waiting(settings.source(), sentence);
    LOG.info("database {} {}", settings.name(), sentence);
  }

  private static Filter filter(DatabaseSettings settings) throws InvalidSyntaxException {
    String store = "(" + Constants.OBJECTCLASS + "=" + Store.class.getName() + ")";
    String wanted = settings.storeFilter();
    return FrameworkUtil.createFilter(wanted == null ? store : "(&" + store + wanted + ")");
  }

  @Deactivate
  void deactivate() {
    synchronized (this) {
      closed = true;
    }
    stores.close();
    choose(null);
    synchronized (this) {
      notice.clear();
    }
  }

  @Override
  public Store addingService(ServiceReference<Store> reference) {
    Store store = context.getService(reference);
    if (better(reference)) {
      choose(reference);
    }
    return store;
  }

  @Override
  public void modifiedService(ServiceReference<Store> reference, Store store) {
    if (better(reference)) {
      choose(reference);
    } else {
      chooseBest(null);
    }
  }

  @Override
  public void removedService(ServiceReference<Store> reference, Store store) {
    chooseBest(reference);
    context.ungetService(reference);
  }

  private synchronized boolean better(ServiceReference<Store> reference) {
    return chosen == null || reference.compareTo(chosen) > 0;
  }

  private void chooseBest(@Nullable ServiceReference<Store> leaving) {
    ServiceReference<Store> best = null;
    ServiceReference<Store>[] all = stores.getServiceReferences();
    if (all != null) {
      for (ServiceReference<Store> reference : all) {
        boolean stays = !reference.equals(leaving);
        if (stays && (best == null || reference.compareTo(best) > 0)) {
          best = reference;
        }
      }
    }
    choose(best);
  }

  private synchronized void choose(@Nullable ServiceReference<Store> reference) {
    if (reference == null ? chosen == null : reference.equals(chosen)) {
      return;
    }
    leave();
    chosen = reference;
    if (reference == null) {
      if (!closed) {
        waiting();
      }
      return;
    }
    Store store = context.getService(reference);
    if (store != null) {
      open(store);
    }
  }

  private void open(Store store) {
    LocalDatabase opened;
    try {
      opened = new LocalDatabase(settings.name(), store);
    } catch (RuntimeException e) {
      failed("cannot be opened", e);
      return;
    }
    try {
      for (String collection : settings.collections()) {
        int dot = collection.indexOf('.');
        opened.createCollection(collection.substring(dot + 1), collection.substring(0, dot));
      }
    } catch (RuntimeException e) {
      failed("is not open, collections", e);
      opened.close();
      return;
    }
    database = opened;
    whiteboard = new ChangeWhiteboard(context, opened);
    published.put("database.uuid", opened.getUuid().toString());
    registration = context.registerService(Database.class, opened, published);
    notice.working();
  }

  private void failed(String what, RuntimeException e) {
    LOG.error("database {} {}: {}", settings.name(), what, e.getMessage(), e);
    notice.waiting(settings.source(), what + ": " + e.getMessage());
  }

  private void leave() {
    ServiceReference<Store> before = chosen;
    if (registration != null) {
      registration.unregister();
      registration = null;
    }
    if (whiteboard != null) {
      whiteboard.close();
      whiteboard = null;
    }
    if (database != null) {
      database.close();
      database = null;
    }
    if (before != null) {
      context.ungetService(before);
    }
  }
}
