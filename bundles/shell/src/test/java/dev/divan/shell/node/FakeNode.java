// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node without a framework. */
public final class FakeNode implements Node {
  private final List<Found<?>> services = new ArrayList<>();
  public final List<Map<String, Object>> notices = new ArrayList<>();
  public final List<Map<String, Object>> configurations = new ArrayList<>();
  public boolean closed;

  /** Adds a service, its properties as pairs. */
  public FakeNode with(Object service, Object... properties) {
    services.add(new Found<>(service, pairs(properties)));
    return this;
  }

  public static Map<String, Object> pairs(Object... properties) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < properties.length; i += 2)
      map.put((String) properties[i], properties[i + 1]);
    return map;
  }

  @Override
  public <T> List<Found<T>> all(Class<T> type) {
    return services.stream()
        .filter(each -> type.isInstance(each.service()))
        .map(each -> new Found<>(type.cast(each.service()), each.properties()))
        .toList();
  }

  @Override
  public List<Map<String, Object>> notices() {
    return notices;
  }

  @Override
  public List<Map<String, Object>> configurations(String prefix) {
    return configurations.stream()
        .filter(each -> String.valueOf(each.get("service.pid")).startsWith(prefix))
        .toList();
  }

  @Override
  public List<String> bundles(String prefix) {
    return List.of(prefix + "fake 1.0.0");
  }

  @Override
  public void close() {
    closed = true;
  }
}
