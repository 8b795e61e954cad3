// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What Configuration Admin has. Apart, because its package may be missing. */
final class Configured {
  private Configured() {}

  static List<Map<String, Object>> in(BundleContext context, String prefix) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Configuration each : configurations(context, prefix)) all.add(properties(each));
    all.sort(Comparator.comparing(each -> String.valueOf(each.get("service.pid"))));
    return all;
  }

  private static Configuration[] configurations(BundleContext context, String prefix) {
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    try {
      ConfigurationAdmin admin = reference == null ? null : context.getService(reference);
      Configuration[] found =
          admin == null ? null : admin.listConfigurations("(service.pid=" + prefix + "*)");
      return found == null ? new Configuration[0] : found;
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException("configurations cannot be had: " + e.getMessage(), e);
    } finally {
      if (reference != null) context.ungetService(reference);
    }
  }

  private static Map<String, Object> properties(Configuration configuration) {
    Map<String, Object> properties = new HashMap<>();
    var table = configuration.getProperties();
    if (table != null) {
      for (String key : Collections.list(table.keys())) properties.put(key, table.get(key));
    }
    return properties;
  }
}
