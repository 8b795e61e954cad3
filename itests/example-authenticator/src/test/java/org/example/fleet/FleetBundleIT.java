// SPDX-License-Identifier: Apache-2.0
package org.example.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** The jar in a plain framework, with nothing but what Declarative Services needs. */
class FleetBundleIT {
  private static final String KEY = "a key of this fleet";

  @TempDir Path storage;
  private Framework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    // the promises come from the test's class path, so that it can use the service
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    "dev.divan.auth;version=1.0.0,org.osgi.service.cm;version=1.6.1"));
    framework.start();
    context = framework.getBundleContext();
    List<Bundle> installed = new ArrayList<>();
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(jar).getFileName().toString();
      if (name.startsWith("org.osgi.util.")
          || name.startsWith("org.osgi.service.component-")
          || name.startsWith("org.apache.felix.scr-")
          || name.startsWith("org.apache.felix.configadmin-")) {
        installed.add(context.installBundle(Path.of(jar).toUri().toString()));
      }
    }
    installed.add(
        context.installBundle(Path.of(System.getProperty("fleet.jar")).toUri().toString()));
    for (Bundle bundle : installed) {
      bundle.start();
    }
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  private ServiceTracker<ListenerAuthenticator, ListenerAuthenticator> authenticator(String name)
      throws Exception {
    var filter =
        FrameworkUtil.createFilter(
            "(&(objectClass=" + ListenerAuthenticator.class.getName() + ")(name=" + name + "))");
    var tracker =
        new ServiceTracker<ListenerAuthenticator, ListenerAuthenticator>(context, filter, null);
    tracker.open();
    return tracker;
  }

  @Test
  void eachConfigurationIsAnAuthenticatorUnderItsName() throws Exception {
    ConfigurationAdmin admin =
        context.getService(context.getServiceReference(ConfigurationAdmin.class));
    var tracker = authenticator("trucks");
    assertNull(tracker.getService(), "without a configuration there is none");

    Configuration configuration =
        admin.getFactoryConfiguration(FleetAuthenticator.PID, "trucks", "?");
    Dictionary<String, Object> properties =
        new Hashtable<>(Map.of("name", "trucks", ".key", KEY, "role", "truck"));
    configuration.update(properties);
    ListenerAuthenticator trucks = tracker.waitForService(TimeUnit.SECONDS.toMillis(10));
    assertNotNull(trucks);
    String password = new FleetAuthenticator(KEY, "truck").password("SN-1");
    assertEquals(
        new Verdict.Admitted("SN-1", Set.of("truck")),
        trucks.authenticate(new Credentials("SN-1", password.toCharArray(), List.of(), null)));
    assertNull(tracker.getServiceReference().getProperty(".key"), "secrets are not published");
  }
}
