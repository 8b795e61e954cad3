// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.util.ArrayList;
import java.util.List;

/** Every replicator is connected, or means not to be, and gets on. */
public final class SessionRule {
  private static final String FACTORY = "dev.divan.replicator";

  /** Lines of open work that are shown. */
  private static final int MOST_LINES = 5;

  private SessionRule() {}

  /**
   * @param notices of all instances; others than replicators do not count
   */
  public static List<Finding> judge(
      List<SessionFacts> sessions, List<NoticeFacts> notices, Thresholds thresholds) {
    List<Finding> findings = new ArrayList<>(ConfigurationRule.of(notices, FACTORY));
    for (SessionFacts session : sessions) findings.add(judge(session, thresholds));
    if (findings.isEmpty()) findings.add(Finding.ok("no replicator runs"));
    return findings;
  }

  private static Finding judge(SessionFacts session, Thresholds thresholds) {
    String who = "replicator " + session.name();
    return switch (session.activity()) {
      case STOPPED -> stopped(who, session);
      case OFFLINE, CONNECTING ->
          session.error() == null
              ? Finding.ok(who + " is connecting to " + session.url())
              : Finding.warn(
                  who
                      + " has not reached "
                      + session.url()
                      + " for "
                      + Ages.words(session.apart())
                      + ": "
                      + session.error().getMessage()
                      + ". It tries again by itself. "
                      + Advice.on(session.error()));
      case IDLE -> Finding.ok(who + " is connected to " + session.url() + " and up to date");
      case BUSY ->
          session.quiet().compareTo(thresholds.stuck()) < 0
              ? Finding.ok(who + " is connected to " + session.url() + " and at work")
              : stuck(who, session);
    };
  }

  private static Finding stopped(String who, SessionFacts session) {
    if (session.error() == null) return Finding.ok(who + " is stopped");
    String why = ": " + session.error().getMessage() + ". ";
    return session.continuous()
        ? Finding.critical(
            who
                + " has given up on "
                + session.url()
                + why
                + Advice.on(session.error())
                + " Then start it again.")
        : Finding.warn(
            who
                + " ended before it was done"
                + why
                + Advice.on(session.error())
                + " Then start it again.");
  }

  private static Finding stuck(String who, SessionFacts session) {
    List<String> lines = session.openWork();
    String work =
        lines.isEmpty()
            ? "nothing it could name"
            : String.join("; ", lines.subList(0, Math.min(MOST_LINES, lines.size())))
                + (lines.size() > MOST_LINES
                    ? "; and " + (lines.size() - MOST_LINES) + " more"
                    : "");
    return Finding.warn(
        who
            + " is busy, but nothing has got on for "
            + Ages.words(session.quiet())
            + ". It waits for: "
            + work
            + ". If one large blob is on its way, let it; else stop and start the replicator.");
  }
}
