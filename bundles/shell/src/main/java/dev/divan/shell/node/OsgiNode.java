// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import dev.divan.instance.Notice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The node as the framework tells it. */
public final class OsgiNode implements Node {
  private final BundleContext context;
  private final Map<ServiceReference<?>, Object> held = new HashMap<>();

  public OsgiNode(BundleContext context) {
    this.context = context;
  }

  @Override
  public <T> List<Found<T>> all(Class<T> type) {
    List<Found<T>> found = new ArrayList<>();
    try {
      for (ServiceReference<T> reference : context.getServiceReferences(type, null)) {
        Object service = held.computeIfAbsent(reference, context::getService);
        if (service != null) found.add(new Found<>(type.cast(service), properties(reference)));
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter is given, so none is wrong", e);
    }
    found.sort(Comparator.comparing(Found::name));
    return found;
  }

  @Override
  public List<Map<String, Object>> notices() {
    String filter = "(|(" + Notice.WAITING + "=*)(" + Notice.REFUSED + "=*))";
    try {
      return context.getServiceReferences(Object.class, filter).stream()
          .map(OsgiNode::properties)
          .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(filter, e);
    }
  }

  /** Configuration Admin's package is imported if it is there; else its class cannot be linked. */
  @Override
  public List<Map<String, Object>> configurations(String prefix) {
    try {
      return Configured.in(context, prefix);
    } catch (NoClassDefFoundError noConfigurationAdmin) {
      return List.of();
    }
  }

  @Override
  public List<String> bundles(String prefix) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith(prefix))
        .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion() + state(bundle))
        .sorted()
        .toList();
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "";
      case Bundle.STARTING -> " (starting)";
      case Bundle.STOPPING -> " (stopping)";
      case Bundle.RESOLVED -> " (not started)";
      default -> " (not resolved)";
    };
  }

  private static Map<String, Object> properties(ServiceReference<?> reference) {
    Map<String, Object> properties = new HashMap<>();
    for (String key : reference.getPropertyKeys()) {
      properties.put(key, reference.getProperty(key));
    }
    return properties;
  }

  @Override
  public void close() {
    held.keySet().forEach(context::ungetService);
    held.clear();
  }
}
