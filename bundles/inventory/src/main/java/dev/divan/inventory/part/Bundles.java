// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.inventory.text.Facts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The bundles of ours, and the framework. */
final class Bundles implements Part {
  private final BundleContext context;

  Bundles(BundleContext context) {
    this.context = context;
  }

  @Override
  public Object tell() {
    List<Object> all = new ArrayList<>();
    Arrays.stream(context.getBundles())
        .filter(each -> each.getBundleId() == 0 || name(each).startsWith("dev.divan."))
        .sorted(Comparator.comparing(Bundles::name))
        .forEach(
            each ->
                all.add(
                    new Facts()
                        .add("name", name(each))
                        .add("version", each.getVersion())
                        .add("state", state(each))));
    return all;
  }

  private static String name(Bundle bundle) {
    return String.valueOf(bundle.getSymbolicName());
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      case Bundle.RESOLVED -> "not started";
      default -> "not resolved";
    };
  }
}
