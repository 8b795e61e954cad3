// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import org.osgi.annotation.versioning.ConsumerType;

/** Decides about a name and a password. Called on a thread that may block, several at once. */
@ConsumerType
@FunctionalInterface
public interface ListenerPasswordAuthenticatorDelegate {

  /**
   * Takes the same effort for names it knows and names it does not; anything thrown is a refusal.
   *
   * @param username never empty
   * @param password may be empty; wiped after the verdict
   */
  boolean authenticate(String username, char[] password);
}
