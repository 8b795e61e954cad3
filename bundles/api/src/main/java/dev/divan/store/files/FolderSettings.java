// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.instance.Settings;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/**
 * What the configurations of stores in folders have in common. What is wrong is an {@code
 * IllegalArgumentException} that names instance and property.
 */
public final class FolderSettings {
  private FolderSettings() {}

  /**
   * The property {@code directory}; else one called as the instance, in a folder of Karaf's data
   * directory, or where there is no Karaf in the bundle's own data area.
   *
   * @param folder below Karaf's data directory
   */
  public static Path directory(BundleContext context, Settings settings, String folder) {
    String configured = settings.text("directory");
    if (configured != null) {
      return Path.of(configured);
    }
    String name = settings.name();
    if (!FolderName.isValid(name)) {
      throw settings.fault(
          "directory", "must be given, because \"" + name + "\" cannot be the name of one");
    }
    String karafData = context.getProperty("karaf.data");
    return karafData == null
        ? context.getDataFile(FolderName.of(name)).toPath()
        : Path.of(karafData, folder, FolderName.of(name));
  }

  /** The property {@code durability}; {@link Durability#COMMIT} if it is not given. */
  public static Durability durability(Settings settings) {
    return settings.choice("durability", Durability.class, Durability.COMMIT);
  }

  /**
   * The property {@code cacheSizeMB}, no more than half the heap.
   *
   * @param otherwise if it is not given
   * @param least what the engine can do with, in MB
   */
  public static int cacheSizeMB(Settings settings, int otherwise, int least) {
    int half = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 >> 20);
    return settings.integer("cacheSizeMB", otherwise, least, half);
  }
}
