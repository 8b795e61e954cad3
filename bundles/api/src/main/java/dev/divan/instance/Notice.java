// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import java.util.Hashtable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Hangs out why a configured instance is not at work, as a service that can be found with {@code
 * (divan.waiting=*)}: a component that waits by itself counts as active with Declarative Services,
 * so health checks and start-up lines would not see it. The service is a plain object; what counts
 * are its properties, those of the configuration that are no secrets and {@value #PROPERTY}, a
 * sentence. Called by one thread at a time.
 */
public final class Notice {
  /** The property that holds the sentence, such as {@code waits for database (name=notes)}. */
  public static final String PROPERTY = "divan.waiting";

  private final BundleContext context;
  private @Nullable ServiceRegistration<Object> registration;

  public Notice(BundleContext context) {
    this.context = context;
  }

  /** Hangs it out, or changes it. */
  public void show(Settings settings, String sentence) {
    Hashtable<String, Object> properties = settings.open();
    properties.put(PROPERTY, sentence);
    if (registration == null) {
      registration = context.registerService(Object.class, new Object(), properties);
    } else {
      registration.setProperties(properties);
    }
  }

  /** Takes it down. */
  public void clear() {
    if (registration != null) {
      registration.unregister();
      registration = null;
    }
  }
}
