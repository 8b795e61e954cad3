// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What our bundles provide, and that a resolver goes by it. */
class CapabilitiesTest {
  private static final Map<String, String> PROVIDED =
      Map.of(
          "dev.divan.replicator", "dev.divan.protocol version=[3.0.0, 2.0.0]",
          "dev.divan.store.memory", "dev.divan.store type=memory",
          "dev.divan.store.xodus", "dev.divan.store type=file, dev.divan.store type=xodus",
          "dev.divan.store.mvstore", "dev.divan.store type=file, dev.divan.store type=mvstore",
          "dev.divan.transport.jetty", "dev.divan.transport scheme=[ws, wss]",
          "dev.divan.transport.loopback", "dev.divan.transport scheme=[loopback]");

  @TempDir static Path home;
  private static Framework framework;
  private static int strangers;

  @BeforeAll
  static void install() throws Exception {
    String slf4j = ";version=2.0.17";
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, home.toString());
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        String.join(
                slf4j + ",", "org.slf4j", "org.slf4j.spi", "org.slf4j.helpers", "org.slf4j.event")
            + slf4j);
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(properties);
    framework.start();
    for (Bundle bundle : Bundle.all())
      context().installBundle(bundle.name(), new ByteArrayInputStream(bundle.jar()));
  }

  @AfterAll
  static void stop() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  private static BundleContext context() {
    return framework.getBundleContext();
  }

  @Test
  void storesTransportsAndTheReplicatorSayWhatTheyAre() {
    Map<String, String> provided = new TreeMap<>();
    for (org.osgi.framework.Bundle bundle : context().getBundles()) {
      TreeSet<String> capabilities = new TreeSet<>();
      for (BundleCapability each : bundle.adapt(BundleRevision.class).getDeclaredCapabilities(null))
        if (each.getNamespace().startsWith("dev.divan."))
          capabilities.add(each.getNamespace() + " " + words(each));
      if (!capabilities.isEmpty())
        provided.put(bundle.getSymbolicName(), String.join(", ", capabilities));
    }
    assertEquals(new TreeMap<>(PROVIDED), provided);
  }

  private static String words(BundleCapability capability) {
    TreeMap<String, Object> attributes = new TreeMap<>(capability.getAttributes());
    String words = attributes.toString();
    return words.substring(1, words.length() - 1);
  }

  @Test
  void everyStoreAndTransportOfTheFloorPlanSaysSo() {
    TreeSet<String> silent = new TreeSet<>();
    for (org.osgi.framework.Bundle bundle : context().getBundles()) {
      String name = bundle.getSymbolicName();
      for (String kind : List.of("dev.divan.store", "dev.divan.transport"))
        if (name.startsWith(kind + ".")
            && bundle.adapt(BundleRevision.class).getDeclaredCapabilities(kind).isEmpty())
          silent.add(name);
    }
    assertEquals(new TreeSet<String>(), silent);
  }

  @Test
  void whoNeedsWhatIsThereResolves() {
    for (String filter :
        List.of(
            "dev.divan.protocol;filter:=\"(version=3.0)\"",
            "dev.divan.protocol;filter:=\"(version=2.0)\"",
            "dev.divan.protocol;filter:=\"(&(version>=3.0)(version<=3.9))\"",
            "dev.divan.store;filter:=\"(type=file)\"",
            "dev.divan.store;filter:=\"(type=xodus)\"",
            "dev.divan.transport;filter:=\"(scheme=wss)\"",
            "dev.divan.transport;filter:=\"(scheme=loopback)\""))
      assertDoesNotThrow(() -> stranger(filter), filter);
  }

  @Test
  void whoNeedsAnotherProtocolStoreOrTransportDoesNot() {
    for (String filter :
        List.of(
            "dev.divan.protocol;filter:=\"(version=4.0)\"",
            "dev.divan.protocol;filter:=\"(version>=4)\"",
            "dev.divan.store;filter:=\"(type=remote)\"",
            "dev.divan.transport;filter:=\"(scheme=https)\"")) {
      BundleException refused = assertThrows(BundleException.class, () -> stranger(filter), filter);
      assertEquals(BundleException.RESOLVE_ERROR, refused.getType());
      assertTrue(refused.getMessage().contains(filter.substring(0, 16)), refused::getMessage);
    }
  }

  /** A bundle that needs it, resolved if it can be. */
  private static void stranger(String requirement) throws BundleException, IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, "stranger" + ++strangers);
    main.putValue(Constants.REQUIRE_CAPABILITY, requirement);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    org.osgi.framework.Bundle bundle =
        context()
            .installBundle("stranger" + strangers, new ByteArrayInputStream(bytes.toByteArray()));
    bundle.start();
  }
}
