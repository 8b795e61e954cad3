// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Store;
import dev.divan.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

class MVStoreInstanceTest {
  @TempDir Path folder;

  private Framework framework;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("framework").toString(),
                    "karaf.data",
                    folder.resolve("karaf").toString()));
    framework.start();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  private BundleContext context() {
    return framework.getBundleContext();
  }

  @Test
  void aConfigurationIsAServiceUntilItGoes() {
    MVStoreInstance instance =
        new MVStoreInstance(context(), Map.of("service.pid", MVStoreInstance.PID + "~notes"));
    ServiceReference<Store> reference = context().getServiceReference(Store.class);
    assertEquals("notes", reference.getProperty("name"));
    assertEquals(MVStoreInstance.RANKING, reference.getProperty(Constants.SERVICE_RANKING));
    assertTrue(Files.isDirectory(folder.resolve("karaf/divan-mvstore/notes")));
    Store store = context().getService(reference);
    store.open("space");
    instance.deactivate();
    assertNull(context().getServiceReference(Store.class));
    assertThrows(StoreException.class, () -> store.open("space"), "it is closed too");
  }

  @Test
  void aWrongValueIsRefusedByPropertyName() {
    for (String property : new String[] {"durability", "cacheSizeMB", "service.ranking"}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new MVStoreInstance(context(), Map.of("name", "notes", property, "never")))
              .getMessage();
      assertTrue(message.startsWith(MVStoreInstance.PID + " notes: " + property + " "), message);
    }
    assertNull(context().getServiceReference(Store.class));
  }
}
