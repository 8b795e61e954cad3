// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes the hash of a password, in the text form that listener authenticators take in place of the
 * password. A service; may be called from any thread.
 */
@ProviderType
@FunctionalInterface
public interface PasswordHashing {

  /**
   * Hashes with a fresh salt, so each time it is another text. Keeps a processor busy for up to a
   * second.
   *
   * @param password not wiped
   * @throws IllegalArgumentException if it is empty
   */
  String hash(char[] password);
}
