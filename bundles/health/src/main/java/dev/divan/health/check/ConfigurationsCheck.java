// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.ConfigurationRule;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Whether any configuration is refused, or waits for something. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Divan configurations",
      HealthCheck.TAGS + "=divan",
      HealthCheck.TAGS + "=systemready"
    })
public final class ConfigurationsCheck implements HealthCheck {
  private final Services services;

  @Activate
  public ConfigurationsCheck(BundleContext context) {
    services = new Services(context);
  }

  @Override
  public Result execute() {
    return Report.of(ConfigurationRule.judge(Notices.of(services)));
  }
}
