// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The services of this moment, each let go of at once. Their properties are asked for by name, and
 * never shown as a whole.
 */
final class Services {
  private final BundleContext context;

  Services(BundleContext context) {
    this.context = context;
  }

  /** What is to be told of each service, the best ranked first, then the oldest. */
  <S> List<Object> each(Class<S> type, BiFunction<ServiceReference<S>, S, Object> facts) {
    List<Object> all = new ArrayList<>();
    for (ServiceReference<S> reference : references(type)) {
      S service = context.getService(reference);
      if (service == null) continue;
      try {
        all.add(Part.told(() -> facts.apply(reference, service)));
      } finally {
        context.ungetService(reference);
      }
    }
    return all;
  }

  private <S> List<ServiceReference<S>> references(Class<S> type) {
    try {
      return context.getServiceReferences(type, null).stream()
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter is none", e);
    }
  }

  /** The references with such properties, of whatever type. */
  List<ServiceReference<?>> matching(String filter) {
    try {
      ServiceReference<?>[] found = context.getAllServiceReferences(null, filter);
      return found == null ? List.of() : Arrays.asList(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(filter, e);
    }
  }

  /** A property as text, or the other one; null for neither. */
  static @Nullable String text(ServiceReference<?> reference, String property, String... others) {
    Object value = reference.getProperty(property);
    if (value != null) return value.toString();
    for (String other : others) {
      String text = text(reference, other);
      if (text != null) return text;
    }
    return null;
  }
}
