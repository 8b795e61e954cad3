// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The bundles the jar carries, brought into a framework. A framework that has them from an earlier
 * start keeps them, and with them its bundles' data areas: only what differs is installed, updated
 * or removed.
 */
final class Cargo {
  static final int LAST_START_LEVEL = 5;

  /**
   * Who starts late and so stops early: conversations end while databases are open; configuration
   * files are read when whatever takes them is there.
   */
  private static final Map<String, Integer> START_LEVELS =
      Map.of(
          "dev.divan.replicator.jar", 3,
          "dev.divan.listener.jar", 4,
          "org.apache.felix.fileinstall.jar", LAST_START_LEVEL);

  private static final int START_LEVEL = 2;
  private static final String FOLDER = "bundles/";

  /** Tells what the jar brought from what the user deployed, which File Install looks after. */
  private static final String LOCATION = "divan:";

  /** What only a terminal needs. */
  private static final List<String> SHELL = List.of("org.apache.felix.gogo.", "dev.divan.shell.");

  private final Path manifest;
  private final boolean shell;

  /**
   * @param manifest remembers what was loaded: a line of digest and name for each bundle
   */
  Cargo(Path manifest, boolean shell) {
    this.manifest = manifest;
    this.shell = shell;
  }

  void load(BundleContext context) throws IOException, BundleException {
    Map<String, String> loaded = read();
    Map<String, String> carried = new HashMap<>();
    Map<String, Bundle> bundles = new HashMap<>();
    try (JarFile jar = new JarFile(self().toFile())) {
      for (JarEntry entry : entries(jar)) {
        String name = entry.getName().substring(FOLDER.length());
        String digest = digest(entry);
        carried.put(name, digest);
        Bundle bundle = context.getBundle(location(name));
        if (bundle == null) {
          try (InputStream in = jar.getInputStream(entry)) {
            bundle = context.installBundle(location(name), in);
          }
        } else if (!digest.equals(loaded.get(name))) {
          try (InputStream in = jar.getInputStream(entry)) {
            bundle.update(in);
          }
        }
        bundles.put(name, bundle);
      }
    }
    for (Bundle bundle : context.getBundles())
      if (bundle.getLocation().startsWith(LOCATION) && !bundles.containsValue(bundle))
        bundle.uninstall();
    Files.write(
        manifest, carried.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
    for (Map.Entry<String, Bundle> entry : bundles.entrySet())
      start(entry.getKey(), entry.getValue());
  }

  private static void start(String name, Bundle bundle) throws BundleException {
    if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) return;
    bundle
        .adapt(BundleStartLevel.class)
        .setStartLevel(START_LEVELS.getOrDefault(name, START_LEVEL));
    bundle.start(Bundle.START_ACTIVATION_POLICY);
  }

  private List<JarEntry> entries(JarFile jar) {
    List<JarEntry> entries = new ArrayList<>();
    jar.stream()
        .filter(entry -> entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".jar"))
        .filter(
            entry ->
                shell
                    || SHELL.stream()
                        .noneMatch(s -> entry.getName().startsWith(s, FOLDER.length())))
        .forEach(entries::add);
    return entries;
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> loaded = new HashMap<>();
    if (Files.exists(manifest))
      for (String line : Files.readAllLines(manifest)) {
        int space = line.indexOf(' ');
        if (space > 0) loaded.put(line.substring(space + 1), line.substring(0, space));
      }
    return loaded;
  }

  private static String location(String name) {
    return LOCATION + name;
  }

  private static Path self() throws IOException {
    try {
      return Path.of(Cargo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("cannot find the jar this was started from", e);
    }
  }

  /** Enough to see that a bundle is another one; nobody is to be kept out by it. */
  private static String digest(JarEntry entry) {
    return Long.toHexString(entry.getCrc()) + "-" + entry.getSize();
  }
}
