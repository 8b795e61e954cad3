// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import java.util.HashMap;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Has a component tried again whose configuration was refused and has been changed since.
 * Declarative Services as Felix has them don't, if the component can be modified: there is no
 * instance to modify, and that is that.
 *
 * <p>The other instances of the component start anew with it. For the agent's thread only.
 */
final class SecondChance {
  private final ServiceComponentRuntime runtime;
  private final Map<String, Long> refused = new HashMap<>();

  SecondChance(ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Notes that this version of the configuration was refused.
   *
   * @return true if the refusal was of an earlier version, and the component is being tried again
   */
  boolean isGiven(Configuration configuration, ComponentDescriptionDTO component) {
    Long before = refused.put(configuration.getPid(), configuration.getChangeCount());
    if (before == null || before == configuration.getChangeCount()) return false;
    runtime.disableComponent(component).then(disabled -> runtime.enableComponent(component));
    return true;
  }
}
