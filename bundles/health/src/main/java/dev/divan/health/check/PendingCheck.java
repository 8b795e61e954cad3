// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.PendingFacts;
import dev.divan.health.rule.PendingRule;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether what is changed here reaches the peers. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Divan pending documents",
      HealthCheck.TAGS + "=divan",
      HealthCheck.TAGS + "=sync"
    })
public final class PendingCheck implements HealthCheck {
  private final ReplicatorWatch watch;
  private final HealthSettings settings;

  @Activate
  public PendingCheck(@Reference ReplicatorWatch watch, @Reference HealthSettings settings) {
    this.watch = watch;
    this.settings = settings;
  }

  @Override
  public Result execute() {
    List<PendingFacts> pending =
        watch.all().stream()
            .filter(WatchedReplicator::pushesContinuously)
            .map(WatchedReplicator::pending)
            .toList();
    return Report.of(PendingRule.judge(pending, settings.now()));
  }
}
