// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What differs between two versions of a configuration, and what that costs: <em>hot</em> nothing,
 * <em>session</em> a new connection, which resumes from the checkpoint.
 *
 * @param session whether the session has to end
 * @param lines for the log, one a property
 */
record Changes(boolean session, List<String> lines) {
  static final String AT_ONCE = "hot: counts at once, the session stays";
  static final String NEXT_CONNECTION = "hot: counts for the next connection, the session stays";

  private static final String NEXT_START = "hot: counts when all it needs comes together again";
  private static final String NEW_SESSION =
      "session: it ends in good order, the next one resumes from the checkpoint";

  private static final Map<String, String> HOT =
      Map.ofEntries(
          Map.entry("pushFilter", AT_ONCE),
          Map.entry("pullFilter", AT_ONCE),
          Map.entry("conflictResolver", AT_ONCE),
          Map.entry("maxAttempts", AT_ONCE),
          Map.entry("maxAttemptWaitTime", AT_ONCE),
          Map.entry("authenticator", NEXT_CONNECTION),
          Map.entry("headers", NEXT_CONNECTION),
          Map.entry("acceptOnlySelfSignedServerCertificate", NEXT_CONNECTION),
          Map.entry("pinnedServerCertificate", NEXT_CONNECTION),
          Map.entry("trustedCertificates", NEXT_CONNECTION),
          Map.entry("heartbeat", NEXT_CONNECTION),
          Map.entry("autostart", NEXT_START));

  /**
   * @param before by property, in words that may be logged
   * @param after the same properties
   */
  static Changes between(Map<String, Object> before, Map<String, Object> after) {
    List<String> lines = new ArrayList<>();
    boolean session = false;
    for (Map.Entry<String, Object> each : after.entrySet()) {
      Object former = before.get(each.getKey());
      if (Objects.equals(former, each.getValue())) continue;
      String effect = HOT.getOrDefault(each.getKey(), NEW_SESSION);
      session |= effect.equals(NEW_SESSION);
      lines.add(each.getKey() + " " + told(former, each.getValue()) + " (" + effect + ")");
    }
    return new Changes(session, List.copyOf(lines));
  }

  /** What may not be logged, such as the values of headers, looks the same before and after. */
  private static String told(Object former, Object now) {
    String before = String.valueOf(former);
    return before.equals(String.valueOf(now))
        ? before + " with other values"
        : before + " → " + now;
  }

  /** The effect of a hot property. */
  static String effect(String property) {
    return HOT.getOrDefault(property, NEW_SESSION);
  }
}
