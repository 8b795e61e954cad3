// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.instance.Settings;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

/** Stores in folders read their configuration alike. */
class FolderSettingsTest {
  private static final String PID = "dev.divan.store.disk";

  private static Settings settings(String... pairs) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(PID, properties);
  }

  private static Path directory(@Nullable String karafData, String... pairs) {
    return FolderSettings.directory(context(karafData), settings(pairs), "divan");
  }

  @Test
  void theDirectoryIsTheConfiguredOneElseKarafsElseTheBundles() {
    assertEquals(Path.of("/srv/x"), directory(null, "directory", " /srv/x ", "name", "n"));
    assertEquals(Path.of("/karaf/data/divan/notes"), directory("/karaf/data", "name", "notes"));
    assertEquals(Path.of("/bundle/notes"), directory(null, "service.pid", PID + "~notes"));
  }

  @Test
  void aNameThatWouldLeaveTheDataDirectoryIsRefused() {
    for (String name : new String[] {"../x", "a/b"}) {
      refused("directory", () -> directory("/data", "name", name));
    }
    refused("directory", () -> directory("/data", "service.pid", PID + "~"));
    assertTrue(directory("/data", "name", "..").normalize().startsWith("/data/divan"));
  }

  @Test
  void durabilityIsCommitOrPeriodic() {
    assertEquals(Durability.COMMIT, FolderSettings.durability(settings()));
    assertEquals(Durability.COMMIT, FolderSettings.durability(settings("durability", "commit")));
    assertEquals(
        Durability.PERIODIC, FolderSettings.durability(settings("durability", "periodic ")));
    refused("durability", () -> FolderSettings.durability(settings("durability", "never")));
  }

  @Test
  void theCacheFitsTheHeap() {
    assertEquals(16, FolderSettings.cacheSizeMB(settings("cacheSizeMB", ""), 16, 2));
    assertEquals(17, FolderSettings.cacheSizeMB(settings("cacheSizeMB", "17"), 16, 2));
    for (String wrong : new String[] {"1", "1048576", "much"}) {
      refused(
          "cacheSizeMB", () -> FolderSettings.cacheSizeMB(settings("cacheSizeMB", wrong), 16, 2));
    }
  }

  private static void refused(String property, Runnable activation) {
    String message = assertThrows(IllegalArgumentException.class, activation::run).getMessage();
    assertTrue(message.matches("dev\\.divan\\.store\\.disk [^:]*: " + property + " .*"), message);
  }

  private static BundleContext context(@Nullable String karafData) {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getProperty" -> karafData;
                  case "getDataFile" -> new File("/bundle/" + arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
