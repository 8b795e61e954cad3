// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

class XodusStoreInstanceTest {
  @Test
  void theDirectoryIsTheConfiguredOneElseKarafsElseTheBundles() {
    assertEquals(Path.of("/srv/x"), XodusStoreInstance.directory(context(null), " /srv/x ", "n"));
    assertEquals(
        Path.of("/karaf/data/divan/notes"),
        XodusStoreInstance.directory(context("/karaf/data"), "", "notes"));
    assertEquals(
        Path.of("/bundle/notes"), XodusStoreInstance.directory(context(null), "", "notes"));
  }

  @Test
  void aNameThatWouldLeaveTheDataDirectoryIsRefused() {
    for (String name : new String[] {"../x", "a/b", ""}) {
      refused("directory", () -> XodusStoreInstance.directory(context("/data"), "", name));
    }
    assertTrue(
        XodusStoreInstance.directory(context("/data"), "", "..")
            .normalize()
            .startsWith("/data/divan"));
  }

  @Test
  void durabilityIsCommitOrPeriodic() {
    assertEquals(Durability.COMMIT, XodusStoreInstance.durability("commit"));
    assertEquals(Durability.PERIODIC, XodusStoreInstance.durability("periodic "));
    refused("durability", () -> XodusStoreInstance.durability("never"));
  }

  @Test
  void theCacheFitsTheHeap() {
    assertEquals(16, XodusStoreInstance.cacheSize(16));
    refused("cacheSizeMB", () -> XodusStoreInstance.cacheSize(0));
    refused("cacheSizeMB", () -> XodusStoreInstance.cacheSize(1 << 20));
  }

  private static void refused(String property, Runnable activation) {
    var refusal = assertThrows(IllegalArgumentException.class, activation::run);
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(property + ":"));
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
