// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/** A framework without bundles: its own context has a service registry, and that is enough. */
public final class TestFramework implements AutoCloseable {
  private final Framework framework;

  public TestFramework(Path storage) throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
    framework.start();
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** Registers with the properties given as pairs. */
  public <T> ServiceRegistration<T> register(Class<T> type, T service, Object... properties) {
    Hashtable<String, Object> table = new Hashtable<>();
    for (int i = 0; i < properties.length; i += 2) {
      table.put((String) properties[i], properties[i + 1]);
    }
    return context().registerService(type, service, table);
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
