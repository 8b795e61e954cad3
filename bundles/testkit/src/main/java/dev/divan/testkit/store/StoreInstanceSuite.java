// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Store;
import dev.divan.store.StoreException;
import dev.divan.testkit.osgi.TestFramework;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * What a component must do that makes a store in folders of each of its configurations, read by
 * {@code FolderSettings}. Needs an OSGi framework on the class path, as {@link TestFramework} does.
 */
public abstract class StoreInstanceSuite {
  private final String pid;
  private final String folder;
  private final int ranking;
  private TestFramework framework;
  private Path data;

  /**
   * A suite for one component.
   *
   * @param pid of its configurations
   * @param folder in Karaf's data directory
   * @param ranking of its services where the configuration says nothing
   */
  protected StoreInstanceSuite(String pid, String folder, int ranking) {
    this.pid = pid;
    this.folder = folder;
    this.ranking = ranking;
  }

  /** Activates an instance; what is returned deactivates it. */
  protected abstract Runnable activate(BundleContext context, Map<String, Object> properties);

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    data = directory.resolve("karaf");
    framework =
        new TestFramework(directory.resolve("framework"), Map.of("karaf.data", data.toString()));
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private Runnable activate(Map<String, Object> properties) {
    return activate(framework.context(), properties);
  }

  private ServiceReference<Store> service() {
    return framework.context().getServiceReference(Store.class);
  }

  @Test
  void aConfigurationIsAServiceUntilItGoes() {
    Runnable deactivation = activate(Map.of("service.pid", pid + "~notes"));
    ServiceReference<Store> reference = service();
    assertNotNull(reference);
    assertEquals("notes", reference.getProperty("name"));
    assertEquals(ranking, reference.getProperty(Constants.SERVICE_RANKING));
    assertTrue(Files.isDirectory(data.resolve(folder).resolve("notes")));
    Store store = framework.context().getService(reference);
    store.open("space");
    deactivation.run();
    assertNull(service());
    assertThrows(StoreException.class, () -> store.open("space"), "it is closed too");
  }

  @Test
  void aWrongValueIsRefusedByPropertyName() {
    for (String property : new String[] {"durability", "cacheSizeMB", "service.ranking"}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> activate(Map.of("name", "notes", property, "never")))
              .getMessage();
      assertTrue(String.valueOf(message).startsWith(pid + " notes: " + property + " "), message);
    }
    assertNull(service());
  }
}
