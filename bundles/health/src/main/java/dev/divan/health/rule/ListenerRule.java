// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.util.ArrayList;
import java.util.List;

/** Every listener listens, and knows whom to let in. */
public final class ListenerRule {
  /** The factory of listeners. */
  public static final String FACTORY = "dev.divan.listener";

  private ListenerRule() {}

  /**
   * @param notices of all instances; others than listeners do not count
   */
  public static List<Finding> judge(List<ListenerFacts> listeners, List<NoticeFacts> notices) {
    List<Finding> findings = new ArrayList<>();
    for (NoticeFacts notice : notices)
      if (notice.pid().equals(FACTORY)) findings.add(closed(notice));
    for (ListenerFacts listener : listeners) judge(listener, findings);
    if (findings.isEmpty()) findings.add(Finding.ok("no listener is configured"));
    return findings;
  }

  private static Finding closed(NoticeFacts notice) {
    if (notice.atWork()) return ConfigurationRule.finding(notice);
    if (notice.refused())
      return Finding.critical(
          "listener "
              + notice.name()
              + " is not open, its configuration is refused: "
              + notice.sentence()
              + ". Mend "
              + notice.where()
              + ".");
    return Finding.critical(
        "listener "
            + notice.name()
            + " is not open: "
            + notice.sentence()
            + ". It tries again by itself; if it stays so, look at "
            + notice.where()
            + ".");
  }

  private static void judge(ListenerFacts listener, List<Finding> findings) {
    String who = "listener " + listener.name();
    if (listener.port() == 0) {
      findings.add(
          Finding.warn(
              who
                  + " is stopped by hand. divan:listener-start "
                  + listener.name()
                  + " opens it again."));
      return;
    }
    int before = findings.size();
    if (listener.named() != null && !listener.present())
      findings.add(
          Finding.critical(
              who
                  + " lets nobody in: its authenticator "
                  + listener.named()
                  + " is not there. Configure it, start its bundle, or name another one."));
    if (listener.identityMissing())
      findings.add(
          Finding.critical(
              who
                  + " can shake hands with nobody: its TLS identity is not there."
                  + " Configure it, or name another one."));
    if (listener.named() == null && !listener.present() && listener.exposed())
      findings.add(
          Finding.warn(
              who
                  + " lets everyone in who reaches "
                  + String.join(", ", listener.urls())
                  + ". Name an authenticator, or set networkInterface = 127.0.0.1."));
    if (listener.clear() && listener.exposed())
      findings.add(
          Finding.warn(
              who
                  + " sends data and passwords in clear over the network."
                  + " Remove disableTLS, or set networkInterface = 127.0.0.1."));
    if (findings.size() == before)
      findings.add(Finding.ok(who + " listens at " + String.join(", ", listener.urls())));
  }
}
