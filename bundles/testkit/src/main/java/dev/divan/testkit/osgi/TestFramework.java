// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.osgi;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A framework without bundles: its own context has a service registry, and for most tests that is
 * enough. It runs from construction to {@link #close()}.
 */
public final class TestFramework implements AutoCloseable {
  private static final long STOP_MILLIS = 10_000;

  private final Framework framework;

  /**
   * Starts the framework that is on the class path.
   *
   * @param storage a folder of its own, empty or not there
   */
  public TestFramework(Path storage) throws BundleException {
    this(storage, Map.of());
  }

  /** The same with properties of the framework, such as {@code karaf.data}. */
  public TestFramework(Path storage, Map<String, String> properties) throws BundleException {
    Map<String, String> all = new HashMap<>(properties);
    all.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    framework =
        ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(all);
    framework.start();
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** Registers with the properties given as pairs. */
  public <T> ServiceRegistration<T> register(Class<T> type, T service, Object... properties) {
    return context().registerService(type, service, properties(properties));
  }

  /** The properties given as pairs. */
  public static Hashtable<String, Object> properties(Object... pairs) {
    Hashtable<String, Object> properties = new Hashtable<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  /**
   * What a notice says that hangs out; null if there is none.
   *
   * @param kind its property, such as {@code Notice.REFUSED}
   */
  public @Nullable String notice(String kind) {
    try {
      ServiceReference<?>[] found = context().getAllServiceReferences(null, "(" + kind + "=*)");
      return found == null ? null : (String) found[0].getProperty(kind);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(STOP_MILLIS);
  }
}
