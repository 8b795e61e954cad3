// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import java.util.Set;

/** What an authenticator says. */
public sealed interface Verdict {

  /**
   * Known and welcome.
   *
   * @param name the principal's name, for tables, logs and filters
   * @param roles may be empty
   */
  record Admitted(String name, Set<String> roles) implements Verdict {
    public Admitted {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * Not let in. The client is told only that it was not.
   *
   * @param reason for the listener's log
   */
  record Refused(String reason) implements Verdict {}
}
