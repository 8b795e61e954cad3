// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one instance. Every property may come typed or as text; blank text is as
 * good as none. What is wrong is told by instance and property name.
 */
public final class Settings {
  private static final Pattern FILE =
      Pattern.compile("(?:.*[/\\\\])?(?<base>.+?)\\.(?:cfg\\.json|cfg|config|json)");

  private final String factoryPid;
  private final Map<String, ?> properties;
  private final String name;

  public Settings(String factoryPid, Map<String, ?> properties) {
    this.factoryPid = factoryPid;
    this.properties = Map.copyOf(properties);
    this.name = nameOf(factoryPid, properties);
  }

  /**
   * What the instance is called: its property {@code name}; else the part of its file's name after
   * {@code PID-} or {@code PID~}; else the part of its PID after {@code ~}; else what its PID has
   * beyond the factory's.
   */
  public String name() {
    return name;
  }

  private static String nameOf(String factoryPid, Map<String, ?> properties) {
    String name = text(properties.get("name"));
    if (name != null) return name;
    String file = text(properties.get("felix.fileinstall.filename"));
    Matcher matcher = FILE.matcher(file == null ? "" : file);
    if (matcher.matches()) {
      String base = matcher.group("base");
      if (base.startsWith(factoryPid + "-") || base.startsWith(factoryPid + "~"))
        return base.substring(factoryPid.length() + 1);
    }
    String pid = text(properties.get("service.pid"));
    if (pid == null) return "default";
    int tilde = pid.indexOf('~');
    if (tilde >= 0) return pid.substring(tilde + 1);
    return pid.startsWith(factoryPid + ".") ? pid.substring(factoryPid.length() + 1) : pid;
  }

  private static @Nullable String text(@Nullable Object value) {
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? null : text;
  }

  /** The complaint about a property. */
  public IllegalArgumentException fault(String property, String words) {
    return new IllegalArgumentException(factoryPid + " " + name + ": " + property + " " + words);
  }

  public @Nullable String text(String property) {
    return text(properties.get(property));
  }

  public String text(String property, String otherwise) {
    String text = text(property);
    return text == null ? otherwise : text;
  }

  public String required(String property, String whatItIs) {
    String text = text(property);
    if (text == null) throw fault(property, "is missing: " + whatItIs);
    return text;
  }

  public int integer(String property, int otherwise, int least, int most) {
    String text = text(property);
    if (text == null) return otherwise;
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      throw fault(property, noNumber(least, most, text));
    }
    throw fault(property, noNumber(least, most, text));
  }

  private static String noNumber(int least, int most, String text) {
    return "is a number from " + least + " to " + most + ", not \"" + text + "\"";
  }

  public boolean truth(String property, boolean otherwise) {
    String text = text(property);
    if (text == null) return otherwise;
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw fault(property, "is true or false, not \"" + text + "\"");
    };
  }

  public <E extends Enum<E>> E choice(String property, Class<E> type, E otherwise) {
    String text = text(property);
    if (text == null) return otherwise;
    for (E constant : type.getEnumConstants())
      if (constant.name().equalsIgnoreCase(text)) return constant;
    throw fault(
        property,
        "is one of " + Arrays.toString(type.getEnumConstants()) + ", not \"" + text + "\"");
  }

  /** An array, a collection, or text with commas; blanks around items do not count. */
  public List<String> list(String property) {
    Object value = properties.get(property);
    Stream<?> items =
        value instanceof Object[] array
            ? Arrays.stream(array)
            : value instanceof java.util.Collection<?> collection
                ? collection.stream()
                : Stream.of(value == null ? "" : value);
    return items
        .flatMap(item -> Arrays.stream(item.toString().split(",")))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /**
   * Full collection names, {@code scope.name}; a name alone is of the default scope; none means the
   * default collection.
   */
  public List<String> collections(String property) {
    List<String> names = list(property);
    List<String> full = new ArrayList<>();
    for (String each : names.isEmpty() ? List.of("_default._default") : names) {
      List<String> parts = new ArrayList<>(List.of(each.split("\\.", -1)));
      if (parts.size() == 1) parts.add(0, "_default");
      if (parts.size() != 2 || parts.contains(""))
        throw fault(property, "are scope.name,scope.name…, not \"" + each + "\"");
      String joined = String.join(".", parts);
      if (!full.contains(joined)) full.add(joined);
    }
    return full;
  }

  /**
   * A service filter: {@code x.target} as it is, or the shorthand {@code x} as a service with that
   * property; null for neither.
   */
  public @Nullable String target(String property, String by) {
    String filter = text(property + ".target");
    String shorthand = text(property);
    if (filter != null && shorthand != null)
      throw fault(property, "and " + property + ".target are both given; one says it all");
    return shorthand == null ? filter : Needs.named(by, shorthand);
  }

  /** The properties that may be seen by everyone: all that do not begin with a dot. */
  public Map<String, Object> open() {
    Map<String, Object> open = new java.util.LinkedHashMap<>();
    properties.forEach(
        (key, value) -> {
          if (!key.startsWith(".")) open.put(key, value);
        });
    open.put("name", name);
    return open;
  }
}
