// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/** One framework over one home folder, which nobody else may be using. */
final class Node {
  /**
   * What SIGTERM waits for replications to wind up, in ms; supervisors commonly kill after 10 s.
   */
  private static final long STOP_TIMEOUT = 9_000;

  private static final String SLF4J = "2.0.17";
  private final Path home;
  private final boolean shell;
  private final PrintStream promised;
  private final Framework framework;

  Node(Options options, PrintStream promised) {
    home = options.home();
    shell = options.shell();
    this.promised = promised;
    framework = new FrameworkFactory().newFramework(properties());
  }

  /** Returns when every bundle has started. */
  void start() throws BundleException, IOException {
    forgetConfigurations();
    framework.init();
    Hashtable<String, Object> name = new Hashtable<>(Map.of("name", "stdout"));
    framework.getBundleContext().registerService(PrintStream.class, promised, name);
    new Cargo(home.resolve("data/framework/cargo"), shell).load(framework.getBundleContext());
    framework.start();
  }

  void waitForStop() throws InterruptedException {
    framework.waitForStop(0);
  }

  /** Whether it stopped in time and cleanly. */
  boolean stop() {
    try {
      framework.stop();
      return framework.waitForStop(STOP_TIMEOUT).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    } catch (BundleException | InterruptedException e) {
      System.err.println("divan-node: did not stop cleanly: " + e);
      return false;
    }
  }

  private Path configurations() {
    return home.resolve("data/framework/configurations");
  }

  /**
   * What is in {@code etc} is the configuration; a copy from last time would only start components
   * early, before those they need.
   */
  private void forgetConfigurations() throws IOException {
    if (!Files.exists(configurations())) return;
    try (Stream<Path> files = Files.walk(configurations())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("dev.divan.node.home", home.toString());
    properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("data/framework/bundles").toString());
    properties.put(
        Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(Cargo.LAST_START_LEVEL));
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        "org.slf4j;version=V,org.slf4j.spi;version=V,org.slf4j.helpers;version=V,org.slf4j.event;version=V"
            .replace("V", SLF4J));
    properties.put("felix.log.logger", new FrameworkLog());
    properties.put("felix.cm.dir", configurations().toString());
    properties.put("felix.fileinstall.dir", home.resolve("deploy") + "," + home.resolve("etc"));
    properties.put("felix.fileinstall.filter", ".*\\.(jar|cfg|config|cfg\\.json)");
    properties.put("felix.fileinstall.poll", "500");
    properties.put("felix.fileinstall.noInitialDelay", "true");
    properties.put("felix.fileinstall.enableConfigSave", "false");
    properties.put("felix.fileinstall.configEncoding", "UTF-8");
    properties.put("felix.fileinstall.tmpdir", home.resolve("data/framework/tmp").toString());
    properties.put("felix.fileinstall.log.default", "jul");
    properties.put("felix.fileinstall.log.level", "1");
    properties.put("ds.loglevel", "1");
    return properties;
  }
}
