// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import dev.divan.json.Json;
import dev.divan.json.JsonException;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

/**
 * A configuration in the JSON of OSGi's Configurator: keys may carry a type, {@code
 * "port:Integer"}; those that begin with a colon are the Configurator's own.
 */
final class TypedJson {
  private TypedJson() {}

  /**
   * @throws IllegalArgumentException with the property and what is wrong; what is not JSON is a
   *     JsonException
   */
  static Hashtable<String, Object> parse(byte[] json) {
    Hashtable<String, Object> properties = new Hashtable<>();
    for (Map.Entry<String, ?> entry : object(json).entrySet()) {
      String key = entry.getKey();
      if (key.startsWith(":") || entry.getValue() == null) continue;
      int colon = key.indexOf(':');
      String name = colon < 0 ? key : key.substring(0, colon);
      String type = colon < 0 ? "" : key.substring(colon + 1);
      properties.put(name, value(name, type, entry.getValue()));
    }
    return properties;
  }

  private static Map<String, ?> object(byte[] json) {
    try {
      return Json.parseObject(json);
    } catch (JsonException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Object value(String name, String type, Object value) {
    if (value instanceof List<?> list)
      return list.stream().map(element -> text(name, element)).toArray(String[]::new);
    if (value instanceof Map)
      throw new IllegalArgumentException(name + ": an object has no place here");
    try {
      return switch (type) {
        case "" -> value;
        case "String" -> value.toString();
        case "Integer", "int" -> Integer.valueOf(value.toString());
        case "Long", "long" -> Long.valueOf(value.toString());
        case "Double", "double" -> Double.valueOf(value.toString());
        case "Boolean", "boolean" -> Boolean.valueOf(value.toString());
        default -> throw new IllegalArgumentException(name + ": no such type: " + type);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": not of type " + type + ": " + value);
    }
  }

  private static String text(String name, Object element) {
    if (element == null || element instanceof List || element instanceof Map)
      throw new IllegalArgumentException(name + ": an array of strings or numbers is needed");
    return element.toString();
  }
}
