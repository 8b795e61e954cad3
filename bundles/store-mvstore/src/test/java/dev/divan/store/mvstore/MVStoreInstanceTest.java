// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.instance.Settings;
import dev.divan.store.files.Durability;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

class MVStoreInstanceTest {
  private static Settings settings(String... pairs) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(MVStoreInstance.PID, properties);
  }

  private static Path directory(@Nullable String karafData, String... pairs) {
    return MVStoreInstance.directory(context(karafData), settings(pairs));
  }

  @Test
  void theDirectoryIsTheConfiguredOneElseKarafsElseTheBundles() {
    assertEquals(Path.of("/srv/x"), directory(null, "directory", " /srv/x ", "name", "n"));
    assertEquals(
        Path.of("/karaf/data/divan-mvstore/notes"), directory("/karaf/data", "name", "notes"));
    assertEquals(
        Path.of("/bundle/notes"), directory(null, "service.pid", MVStoreInstance.PID + "~notes"));
  }

  @Test
  void aNameThatWouldLeaveTheDataDirectoryIsRefused() {
    for (String name : new String[] {"../x", "a/b"}) {
      refused("directory", () -> directory("/data", "name", name));
    }
    refused("directory", () -> directory("/data", "service.pid", MVStoreInstance.PID + "~"));
    assertTrue(directory("/data", "name", "..").normalize().startsWith("/data/divan-mvstore"));
  }

  @Test
  void durabilityIsCommitOrPeriodic() {
    assertEquals(Durability.COMMIT, MVStoreInstance.durability(settings()));
    assertEquals(Durability.COMMIT, MVStoreInstance.durability(settings("durability", "commit")));
    assertEquals(
        Durability.PERIODIC, MVStoreInstance.durability(settings("durability", "periodic ")));
    refused("durability", () -> MVStoreInstance.durability(settings("durability", "never")));
  }

  @Test
  void theCacheFitsTheHeap() {
    assertEquals(MVSpaces.DEFAULT_CACHE_MB, MVStoreInstance.cacheSize(settings("cacheSizeMB", "")));
    assertEquals(17, MVStoreInstance.cacheSize(settings("cacheSizeMB", "17")));
    for (String wrong : new String[] {"0", "1048576", "much"}) {
      refused("cacheSizeMB", () -> MVStoreInstance.cacheSize(settings("cacheSizeMB", wrong)));
    }
  }

  private static void refused(String property, Runnable activation) {
    String message = assertThrows(IllegalArgumentException.class, activation::run).getMessage();
    assertTrue(
        message.matches("dev\\.divan\\.store\\.mvstore [^:]*: " + property + " .*"), message);
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
