// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.Finding;
import java.util.Comparator;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** Findings as the result of a health check, the worst first. */
final class Report {
  private Report() {}

  static Result of(List<Finding> findings) {
    ResultLog log = new ResultLog();
    findings.stream()
        .sorted(Comparator.comparing(Finding::level).reversed())
        .forEach(finding -> log.add(new ResultLog.Entry(status(finding.level()), finding.words())));
    return new Result(log);
  }

  private static Result.Status status(Finding.Level level) {
    return switch (level) {
      case OK -> Result.Status.OK;
      case WARN -> Result.Status.WARN;
      case UNAVAILABLE -> Result.Status.TEMPORARILY_UNAVAILABLE;
      case CRITICAL -> Result.Status.CRITICAL;
    };
  }
}
