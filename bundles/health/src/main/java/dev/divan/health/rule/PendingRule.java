// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.util.List;
import java.util.Locale;

/** What is changed here reaches the peers. */
public final class PendingRule {
  private PendingRule() {}

  public static List<Finding> judge(List<PendingFacts> pending, Thresholds thresholds) {
    if (pending.isEmpty()) return List.of(Finding.ok("no replicator pushes"));
    return pending.stream().map(each -> judge(each, thresholds)).toList();
  }

  private static Finding judge(PendingFacts pending, Thresholds thresholds) {
    String who = "replicator " + pending.name();
    if (pending.failure() != null)
      return Finding.warn(who + " cannot say what is pending: " + pending.failure());
    if (pending.documents() == 0) return Finding.ok(who + " has pushed everything");
    String many =
        String.format(
            Locale.ROOT,
            "%,d document%s",
            pending.documents(),
            pending.documents() == 1 ? "" : "s");
    if (pending.age().compareTo(thresholds.pending()) < 0)
      return Finding.ok(who + " has " + many + " to push");
    return Finding.warn(
        who
            + " has "
            + many
            + " to push to "
            + pending.url()
            + ", and their number has not fallen for "
            + Ages.words(pending.age())
            + ". Is it connected? If so, the peer refuses them: look at the log dev.divan.sync.");
  }
}
