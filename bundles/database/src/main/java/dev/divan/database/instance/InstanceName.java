// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a configured instance: its property {@code name}, or else the name part of its PID.
 *
 * <p>A factory configuration is called {@code PID~name}; older ways of making one leave a generated
 * PID, and then the file it came from, {@code PID-name.cfg}, knows better.
 */
final class InstanceName {
  private static final Pattern FILE =
      Pattern.compile(".*?([^/\\\\]+?)\\.(?:cfg\\.json|cfg|config|json)");

  private InstanceName() {}

  static String of(Map<String, ?> properties) {
    String name = text(properties, "name");
    if (name != null) {
      return name;
    }
    String pid = text(properties, "service.pid");
    String factory = text(properties, "service.factoryPid");
    if (pid == null) {
      return "default";
    }
    if (factory == null) {
      return pid;
    }
    if (pid.startsWith(factory + "~")) {
      return pid.substring(factory.length() + 1);
    }
    String file = text(properties, "felix.fileinstall.filename");
    Matcher matcher = FILE.matcher(file == null ? "" : file);
    if (matcher.matches() && matcher.group(1).matches(Pattern.quote(factory) + "[-~].+")) {
      return matcher.group(1).substring(factory.length() + 1);
    }
    return pid.startsWith(factory + ".") ? pid.substring(factory.length() + 1) : pid;
  }

  private static @Nullable String text(Map<String, ?> properties, String key) {
    Object value = properties.get(key);
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? null : text;
  }
}
