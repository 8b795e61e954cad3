// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class ResolveTest {
  @TempDir Path home;

  /** Plain Felix: no SPI-Fly, no Karaf; SLF4J comes from outside. */
  @Test
  void everyBundleStartsInAPlainFramework() throws Exception {
    Files.createDirectory(home.resolve("etc"));
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("bundles").toString());
    properties.put("felix.fileinstall.dir", home.resolve("etc").toString());
    properties.put("dev.divan.node.home", home.toString());
    properties.put("gosh.args", "--noshutdown -c noop=true");
    String slf4j = ";version=2.0.17";
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        String.join(
            ",",
            "org.slf4j" + slf4j,
            "org.slf4j.spi" + slf4j,
            "org.slf4j.helpers" + slf4j,
            "org.slf4j.event" + slf4j,
            // for the API of the health checks, which knows only SLF4J 1
            "org.slf4j;version=1.7.36",
            "org.slf4j.helpers;version=1.7.36"));
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(properties);
    framework.start();
    try {
      TreeSet<String> asleep = new TreeSet<>();
      BundleContext context = framework.getBundleContext();
      context.registerService(
          PrintStream.class, System.err, new Hashtable<>(Map.of("name", "stdout")));
      for (Bundle bundle : Bundle.all())
        context.installBundle(bundle.name(), new ByteArrayInputStream(bundle.jar()));
      for (org.osgi.framework.Bundle bundle : context.getBundles()) {
        if (bundle.getSymbolicName().startsWith("org.apache.felix.gogo")) continue;
        try {
          bundle.start();
        } catch (BundleException e) {
          asleep.add(bundle.getSymbolicName() + ": " + e.getMessage());
        }
      }
      assertEquals(new TreeSet<String>(), asleep);
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }
}
