// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.instance;

import dev.divan.instance.Turns;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.door.Door;
import java.net.URI;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A door as a service, as long as it is to be one; {@link #refresh} makes the service say what the
 * door is now.
 */
final class Announcement {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final BundleContext context;
  private final Supplier<Door> door;
  private final Predicate<Door> shown;
  private final Supplier<Map<String, Object>> configured;
  private final Turns turns =
      new Turns(e -> LOG.error("a listener cannot be registered as a service", e));
  private @Nullable ServiceRegistration<URLEndpointListener> registration;

  /**
   * @param shown whether a door is to be a service as it is now
   * @param configured further properties, none of them secret
   */
  Announcement(
      BundleContext context,
      Supplier<Door> door,
      Predicate<Door> shown,
      Supplier<Map<String, Object>> configured) {
    this.context = context;
    this.door = door;
    this.shown = shown;
    this.configured = configured;
  }

  void refresh() {
    turns.execute(this::look);
  }

  private void withdraw() {
    ServiceRegistration<URLEndpointListener> gone = registration;
    registration = null;
    if (gone == null) return;
    try {
      gone.unregister();
    } catch (IllegalStateException stopped) {
      // The bundle has stopped while the door was closing; the framework did it then.
    }
  }

  private void look() {
    Door now = door.get();
    if (!shown.test(now)) {
      withdraw();
      return;
    }
    Hashtable<String, Object> properties = new Hashtable<>(configured.get());
    properties.put("name", now.name());
    properties.put("database.name", now.databaseName());
    properties.put("listener.port", now.getPort());
    properties.put(
        "listener.urls", now.getUrls().stream().map(URI::toString).toArray(String[]::new));
    if (registration == null) {
      registration = context.registerService(URLEndpointListener.class, now, properties);
    } else {
      registration.setProperties(properties);
    }
  }
}
