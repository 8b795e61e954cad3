// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.util.ArrayList;
import java.util.List;

/** Every store and database can be read. */
public final class StoreRule {
  private static final String STORE = "dev.divan.store.";
  private static final String DATABASE = "dev.divan.database";

  private StoreRule() {}

  /**
   * @param notices of all instances; others than stores and databases do not count
   */
  public static List<Finding> judge(List<StoreFacts> stores, List<NoticeFacts> notices) {
    List<Finding> findings = new ArrayList<>(ConfigurationRule.of(notices, STORE, DATABASE));
    for (StoreFacts store : stores)
      findings.add(
          store.failure() == null
              ? Finding.ok(store.kind() + " " + store.name() + " answers")
              : Finding.critical(
                  store.kind()
                      + " "
                      + store.name()
                      + " cannot be read: "
                      + store.failure()
                      + ". Look at the log dev.divan.store, and at the disk."));
    if (findings.isEmpty()) findings.add(Finding.ok("no store is configured"));
    return findings;
  }
}
