// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.util.Arrays;
import java.util.List;

/** Every configuration is in force. */
public final class ConfigurationRule {
  private ConfigurationRule() {}

  public static List<Finding> judge(List<NoticeFacts> notices) {
    if (notices.isEmpty())
      return List.of(Finding.ok("every configuration is in force, nothing is waited for"));
    return notices.stream().map(ConfigurationRule::finding).toList();
  }

  /** What instances of these factories say, or of those whose PID begins so if it ends in a dot. */
  static List<Finding> of(List<NoticeFacts> notices, String... factories) {
    return notices.stream()
        .filter(notice -> Arrays.stream(factories).anyMatch(each -> isOf(notice, each)))
        .map(ConfigurationRule::finding)
        .toList();
  }

  private static boolean isOf(NoticeFacts notice, String factory) {
    return factory.endsWith(".") ? notice.pid().startsWith(factory) : notice.pid().equals(factory);
  }

  static Finding finding(NoticeFacts notice) {
    if (notice.refused()) {
      String words = "refused: " + notice.sentence() + ". Mend " + notice.where() + ".";
      return notice.atWork() ? Finding.warn(words) : Finding.critical(words);
    }
    String who = notice.pid() + " " + notice.name() + ": " + notice.sentence();
    if (notice.atWork())
      return Finding.warn(
          who + ". It is at work; if this stays so, look at " + notice.where() + ".");
    if (notice.waits())
      return Finding.unavailable(
          who
              + ". It begins by itself when that is there; if it does not come, look for a missing"
              + " file or bundle, or another name in "
              + notice.where()
              + ".");
    return Finding.critical(who + ". Look at the log, and at " + notice.where() + ".");
  }
}
