// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Looks at the services of this moment, and lets go of each at once. */
final class Services {
  private final BundleContext context;

  Services(BundleContext context) {
    this.context = context;
  }

  /** What the function makes of each service, in the order of their age. */
  <S, F> List<F> each(Class<S> type, BiFunction<ServiceReference<S>, S, F> facts) {
    List<F> all = new ArrayList<>();
    for (ServiceReference<S> reference : references(type).stream().sorted().toList()) {
      S service = context.getService(reference);
      if (service == null) continue;
      try {
        all.add(facts.apply(reference, service));
      } finally {
        context.ungetService(reference);
      }
    }
    return all;
  }

  private <S> Collection<ServiceReference<S>> references(Class<S> type) {
    try {
      return context.getServiceReferences(type, null);
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

  static String name(ServiceReference<?> reference) {
    String name = text(reference, "name");
    return name == null ? "#" + reference.getProperty("service.id") : name;
  }

  /** The property as text, null for none or blank. */
  static @Nullable String text(ServiceReference<?> reference, String property) {
    Object value = reference.getProperty(property);
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? null : text;
  }
}
