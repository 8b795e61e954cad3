// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import dev.divan.listener.URLEndpointListener;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Prints {@code listening URL} for each listener, under the URL most useful to others, and again
 * when it moves, or is started after it was stopped.
 */
@Component(service = Announcer.class, immediate = true)
public final class Announcer {
  private static final String URLS = "listener.urls";
  private final PrintStream out;
  private final Map<Object, String> announced = new ConcurrentHashMap<>();

  @Activate
  public Announcer(@Reference(target = "(name=stdout)") PrintStream out) {
    this.out = out;
  }

  @Reference(
      service = URLEndpointListener.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      updated = "bindListener")
  void bindListener(Map<String, Object> properties) {
    String[] urls = (String[]) properties.getOrDefault(URLS, new String[0]);
    if (urls.length == 0) unbindListener(properties);
    else if (!urls[0].equals(announced.put(id(properties), urls[0])))
      out.println("listening " + urls[0]);
  }

  void unbindListener(Map<String, Object> properties) {
    announced.remove(id(properties));
  }

  private static Object id(Map<String, Object> properties) {
    return properties.get("service.id");
  }
}
