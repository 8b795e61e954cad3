// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import dev.divan.auth.PasswordHashing;
import org.osgi.service.component.annotations.Component;

/** Makes hashes for whoever has no class of ours, such as a shell command. */
@Component
public final class PasswordHashingService implements PasswordHashing {
  @Override
  public String hash(char[] password) {
    if (password.length == 0) {
      throw new IllegalArgumentException("a password is not empty");
    }
    return PasswordHash.of(password).toString();
  }
}
