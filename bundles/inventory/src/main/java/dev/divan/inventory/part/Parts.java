// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.inventory.text.Facts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;

/** All parts. */
public final class Parts {
  private final Map<String, Part> parts = new LinkedHashMap<>();

  public Parts(BundleContext context) {
    Services services = new Services(context);
    parts.put("attention", new Attention(services));
    parts.put("node", new Machine());
    parts.put("bundles", new Bundles(context));
    parts.put("databases", new Databases(services));
    parts.put("stores", new Stores(services));
    parts.put("listeners", new Listeners(services));
    parts.put("replicators", new Replicators(services));
    parts.put("identities", new Identities(services));
    parts.put("notices", new Notices(services));
  }

  /** What there is now; one part that fails does not keep back the others. */
  public Facts tell() {
    Facts all = new Facts();
    parts.forEach((name, part) -> all.add(name, Part.told(part)));
    return all;
  }
}
