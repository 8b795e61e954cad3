// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.database.Database;
import dev.divan.health.rule.StoreFacts;
import dev.divan.health.rule.StoreRule;
import dev.divan.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Whether every store and database can be read; each is asked a small question. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Divan stores",
      HealthCheck.TAGS + "=divan",
      HealthCheck.TAGS + "=store",
      HealthCheck.TAGS + "=systemready"
    })
public final class StoresCheck implements HealthCheck {
  private final Services services;

  @Activate
  public StoresCheck(BundleContext context) {
    services = new Services(context);
  }

  @Override
  public Result execute() {
    List<StoreFacts> facts = new ArrayList<>();
    facts.addAll(
        services.each(
            Store.class,
            (reference, store) -> ask("store", Services.name(reference), store::names)));
    facts.addAll(
        services.each(
            Database.class,
            (reference, database) ->
                ask(
                    "database",
                    Services.name(reference),
                    () -> database.getDefaultCollection().getCount())));
    return Report.of(StoreRule.judge(facts, Notices.of(services)));
  }

  /** Stores are anybody's, so whatever one throws is its answer. */
  private static StoreFacts ask(String kind, String name, Runnable question) {
    try {
      question.run();
      return new StoreFacts(kind, name, null);
    } catch (RuntimeException e) {
      return new StoreFacts(kind, name, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}
