// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every certificate is valid, and will be for a while. */
public final class CertificateRule {
  private static final String IDENTITIES = "dev.divan.tls.";

  private CertificateRule() {}

  /**
   * @param notices of all instances; others than identities do not count
   */
  public static List<Finding> judge(
      List<CertificateFacts> certificates,
      List<NoticeFacts> notices,
      Thresholds thresholds,
      Instant now) {
    List<Finding> findings = new ArrayList<>(ConfigurationRule.of(notices, IDENTITIES));
    for (CertificateFacts each : certificates) findings.add(judge(each, thresholds, now));
    if (findings.isEmpty()) findings.add(Finding.ok("no identity is in use"));
    return findings;
  }

  private static Finding judge(CertificateFacts facts, Thresholds thresholds, Instant now) {
    String who =
        "the certificate of "
            + facts.label()
            + (facts.listeners().isEmpty()
                ? ""
                : ", shown by listener " + String.join(", ", facts.listeners()) + ",");
    if (!now.isBefore(facts.until()))
      return Finding.critical(
          who
              + " expired at "
              + facts.until()
              + ". Peers refuse it unless they pin it. Make or import an identity under another"
              + " label, and name that.");
    if (now.isBefore(facts.from()))
      return Finding.critical(
          who
              + " is not valid before "
              + facts.from()
              + ". Set this machine's clock, or import"
              + " another one.");
    Duration left = Duration.between(now, facts.until());
    if (left.compareTo(thresholds.certificateWarning()) < 0)
      return Finding.warn(
          who
              + " expires at "
              + facts.until()
              + ", in "
              + Ages.words(left)
              + ". Make the next one now, and tell the peers that pin this one.");
    return Finding.ok(who + " is valid until " + facts.until());
  }
}
