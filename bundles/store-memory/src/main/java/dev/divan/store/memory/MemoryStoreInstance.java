// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.instance.Settings;
import dev.divan.store.Store;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * A memory store for each configuration of {@code dev.divan.store.memory}.
 *
 * <p>Registers the service itself, because Declarative Services cannot add the property {@code
 * name} where the configuration leaves it to the PID.
 */
@Component(
    name = MemoryStoreInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MemoryStoreInstance.Config.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.store.Store\"",
    effective = "active")
@Capability(namespace = "dev.divan.store", attribute = "type=memory")
public final class MemoryStoreInstance {
  static final String PID = "dev.divan.store.memory";

  /** Below every store that keeps what it is given, so that one of those wins. */
  static final int RANKING = -100;

  /** The configuration of a memory store. */
  @ObjectClassDefinition(
      name = "Divan memory store",
      description = "Keeps databases on the heap; they are gone with the store")
  @interface Config {
    @AttributeDefinition(
        name = "Name",
        description = "The service property name; default: the name part of the PID",
        required = false)
    String name() default "";

    @AttributeDefinition(
        name = "Service ranking",
        description = "A database that names no store takes the best ranked one",
        required = false)
    int service_ranking() default RANKING;
  }

  private final MemoryStore store = new MemoryStore();
  private final ServiceRegistration<Store> registration;

  @Activate
  public MemoryStoreInstance(BundleContext context, Map<String, Object> properties) {
    Settings settings = new Settings(PID, properties);
    Hashtable<String, Object> published = settings.open();
    published.put(
        Constants.SERVICE_RANKING,
        settings.integer(Constants.SERVICE_RANKING, RANKING, Integer.MIN_VALUE, Integer.MAX_VALUE));
    // A database that was here need not be waited for: it is gone.
    published.put("store.durable", false);
    registration = context.registerService(Store.class, store, published);
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    store.close();
  }
}
