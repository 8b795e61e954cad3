// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import java.util.Hashtable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Hangs out why a configured instance is not at work, or not as configured, as a service that can
 * be found with {@code (divan.waiting=*)} or {@code (divan.refused=*)}: a component that waits by
 * itself, or has refused its configuration without an exception, counts as active with Declarative
 * Services, so health checks and start-up lines would not see it.
 *
 * <p>The service is a plain object; what counts are its properties: one of the two sentences, the
 * name of the instance, and the PID and file of its configuration. No other property is repeated
 * here, since in a faulty configuration a secret may have the wrong name. A refusal goes before
 * what the instance waits for, and lasts until a configuration is accepted. Called by one thread at
 * a time.
 */
public final class Notice {
  /** The property that holds the sentence, such as {@code waits for database (name=notes)}. */
  public static final String WAITING = "divan.waiting";

  /**
   * The property that holds the sentence, such as {@code dev.divan.listener lan: port is a number
   * from 0 to 65535, not "many"; it runs on as configured before}.
   */
  public static final String REFUSED = "divan.refused";

  private static final List<String> ORIGIN =
      List.of("service.pid", "service.factoryPid", "felix.fileinstall.filename");

  private final BundleContext context;
  private @Nullable Hashtable<String, Object> waiting;
  private @Nullable Hashtable<String, Object> refused;
  private @Nullable ServiceRegistration<Object> registration;

  public Notice(BundleContext context) {
    this.context = context;
  }

  /** Something is missing, or does not work yet. */
  public void waiting(Settings settings, String sentence) {
    waiting = properties(settings, WAITING, sentence);
    hang();
  }

  /** Nothing is missing any more. */
  public void working() {
    waiting = null;
    hang();
  }

  /**
   * A configuration is no good. Whoever reads one calls this instead of throwing: Felix never tries
   * a component again that can be modified and whose constructor threw.
   *
   * @param fault naming instance and property, as {@link Settings#fault} does
   * @param runsOn whether a configuration from before stays in force
   * @return the sentence, for the log
   */
  public String refused(Settings settings, IllegalArgumentException fault, boolean runsOn) {
    String sentence = fault.getMessage() + (runsOn ? "; it runs on as configured before" : "");
    refused = properties(settings, REFUSED, sentence);
    hang();
    return sentence;
  }

  /** The configuration is good. */
  public void accepted() {
    refused = null;
    hang();
  }

  /** Takes it down, whatever it says. */
  public void clear() {
    waiting = null;
    refused = null;
    hang();
  }

  private static Hashtable<String, Object> properties(
      Settings settings, String kind, String sentence) {
    Hashtable<String, Object> properties = settings.open();
    properties.keySet().retainAll(ORIGIN);
    properties.put("name", settings.name());
    properties.put(kind, sentence);
    return properties;
  }

  private void takeDown() {
    ServiceRegistration<Object> down = registration;
    registration = null;
    if (down == null) return;
    try {
      down.unregister();
    } catch (IllegalStateException stopped) {
      // The bundle has stopped while its component was on the way out; the framework did it then.
    }
  }

  private void hang() {
    Hashtable<String, Object> shown = refused == null ? waiting : refused;
    if (shown == null) {
      takeDown();
    } else if (registration == null) {
      registration = context.registerService(Object.class, new Object(), shown);
    } else {
      registration.setProperties(shown);
    }
  }
}
