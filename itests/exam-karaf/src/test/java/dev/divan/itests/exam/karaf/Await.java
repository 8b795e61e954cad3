// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.karaf;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Waits: a configuration takes effect, and a document arrives, on threads of their own. */
final class Await {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  static void that(String wanted, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline)
        throw new AssertionError("in " + PATIENCE + " never: " + wanted);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  static <T> T service(BundleContext context, Class<T> type, String filter) throws Exception {
    ServiceTracker<T, T> tracker =
        new ServiceTracker<>(
            context,
            context.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")"),
            null);
    tracker.open();
    try {
      T service = tracker.waitForService(PATIENCE.toMillis());
      if (service == null)
        throw new AssertionError("in " + PATIENCE + " no " + type.getSimpleName() + filter);
      return service;
    } finally {
      tracker.close();
    }
  }
}
