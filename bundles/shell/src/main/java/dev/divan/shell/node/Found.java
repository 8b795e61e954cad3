// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service with its properties. */
public record Found<T>(T service, Map<String, Object> properties) {
  public Found {
    properties = Map.copyOf(properties);
  }

  /** By which people know it; made in code without one, it is called {@code (unnamed)}. */
  public String name() {
    String name = text("name");
    return name == null ? "(unnamed)" : name;
  }

  public @Nullable String text(String property) {
    Object value = properties.get(property);
    return value == null ? null : value.toString();
  }
}
