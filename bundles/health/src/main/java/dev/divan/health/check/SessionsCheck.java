// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.SessionFacts;
import dev.divan.health.rule.SessionRule;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether every replicator is connected, or means not to be, and gets on. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Divan replicators",
      HealthCheck.TAGS + "=divan",
      HealthCheck.TAGS + "=sync"
    })
public final class SessionsCheck implements HealthCheck {
  private final Services services;
  private final ReplicatorWatch watch;
  private final HealthSettings settings;

  @Activate
  public SessionsCheck(
      BundleContext context, @Reference ReplicatorWatch watch, @Reference HealthSettings settings) {
    this.services = new Services(context);
    this.watch = watch;
    this.settings = settings;
  }

  @Override
  public Result execute() {
    List<SessionFacts> sessions = watch.all().stream().map(WatchedReplicator::session).toList();
    return Report.of(SessionRule.judge(sessions, Notices.of(services), settings.now()));
  }
}
