// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks.inside;

import dev.divan.store.Store;
import dev.divan.store.memory.MemoryStore;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A third party's store, {@code own}; carries a memory store within. */
public final class StoreActivator implements BundleActivator {
  private final MemoryStore store = new MemoryStore();
  private @Nullable ServiceRegistration<Store> registration;

  @Override
  public void start(BundleContext context) {
    registration =
        context.registerService(Store.class, store, new Hashtable<>(Map.of("name", "own")));
  }

  /** The service goes first: who uses it lets go of it while it still works. */
  @Override
  public void stop(BundleContext context) {
    registration.unregister();
  }
}
