// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;

/** Felix with the real bundles of the class path; the promises it shares with the test. */
final class Node implements AutoCloseable {
  private static final List<String> NEEDED =
      List.of(
          "dev.divan.",
          "org.apache.felix.scr",
          "org.apache.felix.configadmin",
          "org.osgi.service.component-",
          "org.osgi.util.",
          "bcp",
          "bcutil",
          "h2-mvstore");

  private static final String API = "dev.divan.api";
  private static final String TESTKIT = "dev.divan.testkit";
  private static final String SLF4J = ";version=2.0.17";

  private final Framework framework;
  private final List<Path> jars = new ArrayList<>();

  Node(Path home) throws BundleException, IOException {
    String promises = "";
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(each);
      String name = jar.getFileName().toString();
      if (name.startsWith(API)) promises = header(jar, Constants.EXPORT_PACKAGE);
      else if (name.endsWith(".jar")
          && !name.startsWith(TESTKIT)
          && NEEDED.stream().anyMatch(name::startsWith)) jars.add(jar);
    }
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("framework").toString());
    properties.put("ds.loglevel", "1");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        String.join(
            ",",
            promises,
            "org.slf4j" + SLF4J,
            "org.slf4j.spi" + SLF4J,
            "org.slf4j.event" + SLF4J,
            "org.slf4j.helpers" + SLF4J,
            "org.osgi.service.cm;version=1.6.1"));
    framework = new FrameworkFactory().newFramework(properties);
    framework.start();
    List<Bundle> bundles = new ArrayList<>();
    for (Path jar : jars)
      try (InputStream bytes = Files.newInputStream(jar)) {
        bundles.add(context().installBundle(jar.toString(), bytes));
      }
    for (Bundle each : bundles) each.start();
    ConfigurationAdmin admin = admin();
    admin
        .getConfiguration("dev.divan.tls", "?")
        .update(new Hashtable<>(Map.of("directory", home.resolve("identities").toString())));
  }

  private static String header(Path jar, String name) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(name);
    }
  }

  /** The bundles installed. */
  List<Path> jars() {
    return jars;
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  private ConfigurationAdmin admin() {
    var reference = context().getServiceReference(ConfigurationAdmin.class);
    if (reference == null) throw new IllegalStateException("no Configuration Admin");
    return context().getService(reference);
  }

  void configure(String factoryPid, String name, Map<String, ?> properties) throws IOException {
    admin().getFactoryConfiguration(factoryPid, name, "?").update(new Hashtable<>(properties));
  }

  /** Whether somebody shows something of this configuration, be it a notice. */
  boolean shows(String factoryPid, String name) throws InvalidSyntaxException {
    String filter = "(service.pid=" + factoryPid + "~" + name + ")";
    return context().getAllServiceReferences(null, filter) != null;
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(20_000);
  }

  @Override
  public String toString() {
    return Arrays.toString(context().getBundles());
  }
}
