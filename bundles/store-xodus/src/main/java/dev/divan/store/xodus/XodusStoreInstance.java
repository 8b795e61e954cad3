// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import dev.divan.instance.Settings;
import dev.divan.store.Store;
import dev.divan.store.files.FolderSettings;
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
import org.osgi.service.metatype.annotations.Option;

/**
 * A Xodus store for each configuration of {@code dev.divan.store.xodus}.
 *
 * <p>Registers the service itself, because Declarative Services cannot add the property {@code
 * name} where the configuration leaves it to the PID.
 */
@Component(
    name = XodusStoreInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = XodusStoreInstance.Config.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.store.Store\"",
    effective = "active")
@Capability(namespace = "dev.divan.store", attribute = "type=file")
public final class XodusStoreInstance {
  static final String PID = "dev.divan.store.xodus";

  private static final int MIN_CACHE_MB = 2;

  /** The configuration of a Xodus store. */
  @ObjectClassDefinition(
      name = "Divan Xodus store",
      description = "Keeps databases in files, in a directory of its own")
  @interface Config {
    @AttributeDefinition(
        name = "Name",
        description = "The service property name; default: the name part of the PID",
        required = false)
    String name() default "";

    @AttributeDefinition(
        name = "Directory",
        description = "Default: divan/NAME in Karaf's data directory, else the bundle's data area",
        required = false)
    String directory() default "";

    @AttributeDefinition(
        name = "Durability",
        description = "When a commit is on the disk: before it returns, or within a second",
        required = false,
        options = {
          @Option(label = "commit", value = "commit"),
          @Option(label = "periodic", value = "periodic")
        })
    String durability() default "commit";

    @AttributeDefinition(
        name = "Cache size",
        description = "Heap for cached pages in MB, shared by all Xodus stores; the first decides",
        required = false)
    int cacheSizeMB() default XodusStore.DEFAULT_CACHE_MB;

    @AttributeDefinition(
        name = "Service ranking",
        description = "A database that names no store takes the best ranked one",
        required = false)
    int service_ranking() default 0;
  }

  private final XodusStore store;
  private final ServiceRegistration<Store> registration;

  @Activate
  public XodusStoreInstance(BundleContext context, Map<String, Object> properties) {
    Settings settings = new Settings(PID, properties);
    Hashtable<String, Object> published = settings.open();
    published.put(
        Constants.SERVICE_RANKING,
        settings.integer(Constants.SERVICE_RANKING, 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
    store =
        new XodusStore(
            FolderSettings.directory(context, settings, "divan"),
            FolderSettings.durability(settings),
            FolderSettings.cacheSizeMB(settings, XodusStore.DEFAULT_CACHE_MB, MIN_CACHE_MB));
    registration = context.registerService(Store.class, store, published);
  }

  @Deactivate
  void deactivate() {
    try {
      registration.unregister();
    } finally {
      store.close();
    }
  }
}
