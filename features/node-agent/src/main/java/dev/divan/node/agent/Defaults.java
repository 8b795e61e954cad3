// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What need not be configured: a store for the databases, unless {@code etc} names one when the
 * node starts, and the place of the identities, unless {@code etc} does. All under {@code data}.
 */
@Component(service = Defaults.class, immediate = true)
public final class Defaults {
  static final String HOME = "dev.divan.node.home";
  private static final String STORES = "dev.divan.store.";
  private static final String IDENTITIES = "dev.divan.tls";

  @Activate
  public Defaults(BundleContext context, @Reference ConfigurationAdmin admin) throws IOException {
    Path home = Path.of(context.getProperty(HOME));
    Path data = home.resolve("data");
    Configuration store = admin.getFactoryConfiguration("dev.divan.store.xodus", "default", "?");
    if (has(home, STORES)) store.delete();
    else store.updateIfDifferent(properties("name", "default", data.resolve("databases")));
    if (!has(home, IDENTITIES + ".c"))
      admin
          .getConfiguration(IDENTITIES, "?")
          .updateIfDifferent(properties("name", "identities", data.resolve("identities")));
  }

  private static Dictionary<String, Object> properties(String key, String value, Path directory) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(key, value);
    properties.put("directory", directory.toString());
    return properties;
  }

  private static boolean has(Path home, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("etc"))) {
      return files
          .map(file -> ConfigurationFile.of(file.getFileName().toString()))
          .anyMatch(file -> file != null && file.file().startsWith(prefix));
    }
  }
}
