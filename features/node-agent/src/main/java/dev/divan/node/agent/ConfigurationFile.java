// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import org.jspecify.annotations.Nullable;

/**
 * What a file's name says.
 *
 * @param file the name
 * @param pid of the component it is for
 * @param instance the part after the PID; null for a component there is one of
 * @param suffix {@code .cfg}, {@code .config} or {@code .cfg.json}
 */
record ConfigurationFile(String file, String pid, @Nullable String instance, String suffix) {
  static final String PREFIX = "dev.divan.";
  static final String JSON = ".cfg.json";

  /** Null if it is not a configuration file of Divan's. */
  static @Nullable ConfigurationFile of(String file) {
    if (!file.startsWith(PREFIX)) return null;
    String suffix =
        file.endsWith(JSON)
            ? JSON
            : file.endsWith(".cfg") ? ".cfg" : file.endsWith(".config") ? ".config" : null;
    if (suffix == null) return null;
    String base = file.substring(0, file.length() - suffix.length());
    int end = base.indexOf('~');
    if (end < 0) end = base.indexOf('-');
    return end < 0
        ? new ConfigurationFile(file, base, null, suffix)
        : new ConfigurationFile(file, base.substring(0, end), base.substring(end + 1), suffix);
  }

  /**
   * The trap: File Install takes {@code PID~name.cfg} for a component called just so, which there
   * never is. Only JSON files are named that way.
   */
  boolean misnamed() {
    return !suffix.equals(JSON) && file.indexOf('~') >= 0;
  }

  /** How File Install would understand it. */
  String properName() {
    return instance == null ? file : pid + "-" + instance.replace('~', '-') + suffix;
  }
}
