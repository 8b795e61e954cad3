// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/**
 * The configuration of one instance. Every property may come typed or as text; blank text is as
 * good as none. What is wrong is told by instance and property name.
 */
public final class Settings {
  private static final Pattern FILE =
      Pattern.compile("(?:.*[/\\\\])?(?<base>.+?)\\.(?:cfg\\.json|cfg|config|json)");
  private static final String DEFAULT = "_default";

  private final String factoryPid;
  private final Map<String, ?> properties;
  private final String name;

  /**
   * @param properties as Declarative Services gives them; no value is null
   */
  public Settings(String factoryPid, Map<String, ?> properties) {
    this.factoryPid = factoryPid;
    this.properties = Map.copyOf(properties);
    this.name = nameOf(factoryPid, this.properties);
  }

  /**
   * What the instance is called: its property {@code name}; else the part of its file's name after
   * {@code PID-} or {@code PID~}; else the part of its PID after {@code ~}; else what its PID has
   * beyond the factory's; without any PID, {@code default}.
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
      boolean ours = base.startsWith(factoryPid + "-") || base.startsWith(factoryPid + "~");
      if (ours && base.length() > factoryPid.length() + 1)
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

  /** The complaint about the whole. */
  public IllegalArgumentException fault(String words) {
    return new IllegalArgumentException(factoryPid + " " + name + ": " + words);
  }

  /** The complaint about the whole, with what went wrong beneath. */
  public IllegalArgumentException fault(String words, Throwable cause) {
    IllegalArgumentException fault = fault(words);
    fault.initCause(cause);
    return fault;
  }

  /** The complaint about a property. */
  public IllegalArgumentException fault(String property, String words) {
    return fault(property + " " + words);
  }

  /** The complaint about a property, with what went wrong beneath. */
  public IllegalArgumentException fault(String property, String words, Throwable cause) {
    return fault(property + " " + words, cause);
  }

  /** The text without the blanks around it; null for none. */
  public @Nullable String text(String property) {
    return text(properties.get(property));
  }

  public String text(String property, String otherwise) {
    String text = text(property);
    return text == null ? otherwise : text;
  }

  /**
   * @param whatItIs for who forgot it, such as {@code the name of the database to share}
   * @throws IllegalArgumentException if there is none
   */
  public String required(String property, String whatItIs) {
    String text = text(property);
    if (text == null) throw fault(property, "is missing: " + whatItIs);
    return text;
  }

  /** A password as it is, blanks and all; empty for none. The caller may overwrite it. */
  public char[] secret(String property) {
    Object value = properties.get(property);
    return value == null ? new char[0] : value.toString().toCharArray();
  }

  /**
   * @throws IllegalArgumentException if it is no number, or beyond {@code least} or {@code most}
   */
  public int integer(String property, int otherwise, int least, int most) {
    String text = text(property);
    if (text == null) return otherwise;
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      // said below, as of one that is too large
    }
    throw fault(property, "is a number from " + least + " to " + most + ", not \"" + text + "\"");
  }

  /**
   * @throws IllegalArgumentException if it is neither true nor false, in capitals or not
   */
  public boolean truth(String property, boolean otherwise) {
    String text = text(property);
    if (text == null) return otherwise;
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw fault(property, "is true or false, not \"" + text + "\"");
    };
  }

  /**
   * One of the constants, by its name, in capitals or not.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public <E extends Enum<E>> E choice(String property, Class<E> type, E otherwise) {
    String text = text(property);
    if (text == null) return otherwise;
    for (E constant : type.getEnumConstants())
      if (constant.name().equalsIgnoreCase(text)) return constant;
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw fault(property, "is one of " + names + ", not \"" + text + "\"");
  }

  /** An array, a collection, or text with commas; blanks around items do not count. */
  public List<String> list(String property) {
    Object value = properties.get(property);
    Stream<?> items =
        value instanceof Object[] array
            ? Arrays.stream(array)
            : value instanceof Collection<?> collection
                ? collection.stream()
                : Stream.of(value == null ? "" : value);
    return items
        .flatMap(item -> Arrays.stream(item.toString().split(",")))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /**
   * Full collection names, {@code scope.name}, none twice; a name alone is of the default scope;
   * none means the default collection.
   *
   * @throws IllegalArgumentException if one is of another form
   */
  public List<String> collections(String property) {
    List<String> names = list(property);
    Set<String> full = new LinkedHashSet<>();
    for (String each : names.isEmpty() ? List.of(DEFAULT) : names) {
      List<String> parts = List.of(each.split("\\.", -1));
      if (parts.size() > 2 || parts.contains(""))
        throw fault(property, "are scope.name,scope.name…, not \"" + each + "\"");
      full.add(parts.size() == 1 ? DEFAULT + "." + each : each);
    }
    return List.copyOf(full);
  }

  /**
   * A service filter: {@code x.target} as it is, or the shorthand {@code x} as a service with that
   * property; null for neither.
   *
   * @param by the property of the service, such as {@code name}
   * @throws IllegalArgumentException if both are given, or {@code x.target} is no filter
   */
  public @Nullable String target(String property, String by) {
    String filter = text(property + ".target");
    String shorthand = text(property);
    if (filter != null && shorthand != null)
      throw fault(property, "and " + property + ".target are both given; one says it all");
    if (filter == null) return shorthand == null ? null : Needs.named(by, shorthand);
    try {
      FrameworkUtil.createFilter(filter);
    } catch (InvalidSyntaxException e) {
      throw fault(property + ".target", filter + " is no filter: " + e.getMessage(), e);
    }
    return filter;
  }

  /**
   * What may be seen by everyone, to publish with a service: all properties that do not begin with
   * a dot, and the name. The table is the caller's to add to.
   */
  public Hashtable<String, Object> open() {
    Hashtable<String, Object> open = new Hashtable<>();
    properties.forEach(
        (key, value) -> {
          if (!key.startsWith(".")) open.put(key, value);
        });
    open.put("name", name);
    return open;
  }
}
