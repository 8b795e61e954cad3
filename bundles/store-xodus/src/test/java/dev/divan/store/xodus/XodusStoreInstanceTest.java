// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

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

class XodusStoreInstanceTest {
  private static Settings settings(String... pairs) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(XodusStoreInstance.PID, properties);
  }

  private static Path directory(@Nullable String karafData, String... pairs) {
    return XodusStoreInstance.directory(context(karafData), settings(pairs));
  }

  @Test
  void theDirectoryIsTheConfiguredOneElseKarafsElseTheBundles() {
    assertEquals(Path.of("/srv/x"), directory(null, "directory", " /srv/x ", "name", "n"));
    assertEquals(Path.of("/karaf/data/divan/notes"), directory("/karaf/data", "name", "notes"));
    assertEquals(
        Path.of("/bundle/notes"),
        directory(null, "service.pid", XodusStoreInstance.PID + "~notes"));
  }

  @Test
  void aNameThatWouldLeaveTheDataDirectoryIsRefused() {
    for (String name : new String[] {"../x", "a/b"}) {
      refused("directory", () -> directory("/data", "name", name));
    }
    refused("directory", () -> directory("/data", "service.pid", XodusStoreInstance.PID + "~"));
    assertTrue(directory("/data", "name", "..").normalize().startsWith("/data/divan"));
  }

  @Test
  void durabilityIsCommitOrPeriodic() {
    assertEquals(Durability.COMMIT, XodusStoreInstance.durability(settings()));
    assertEquals(
        Durability.COMMIT, XodusStoreInstance.durability(settings("durability", "commit")));
    assertEquals(
        Durability.PERIODIC, XodusStoreInstance.durability(settings("durability", "periodic ")));
    refused("durability", () -> XodusStoreInstance.durability(settings("durability", "never")));
  }

  @Test
  void theCacheFitsTheHeap() {
    assertEquals(
        XodusStore.DEFAULT_CACHE_MB, XodusStoreInstance.cacheSize(settings("cacheSizeMB", "")));
    assertEquals(17, XodusStoreInstance.cacheSize(settings("cacheSizeMB", "17")));
    for (String wrong : new String[] {"0", "1048576", "much"}) {
      refused("cacheSizeMB", () -> XodusStoreInstance.cacheSize(settings("cacheSizeMB", wrong)));
    }
  }

  private static void refused(String property, Runnable activation) {
    String message = assertThrows(IllegalArgumentException.class, activation::run).getMessage();
    assertTrue(message.matches("dev\\.divan\\.store\\.xodus [^:]*: " + property + " .*"), message);
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
