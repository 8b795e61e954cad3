// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.testkit.auth.AuthenticatorSuite;
import java.util.List;
import java.util.Set;

class PasswordAuthenticatorSuiteTest extends AuthenticatorSuite {
  private static final PasswordHash HASH = PasswordHash.of("pässword".toCharArray(), 1000);

  @Override
  protected ListenerAuthenticator open() {
    return PasswordAuthenticator.of("ann", HASH, Set.of("staff"));
  }

  @Override
  protected Credentials right() {
    return user("ann", "pässword");
  }

  @Override
  protected Verdict.Admitted expected() {
    return new Verdict.Admitted("ann", Set.of("staff"));
  }

  @Override
  protected List<Credentials> wrong() {
    return List.of(
        user("ann", "passwört"),
        user("ann", "pässword "),
        user("Ann", "pässword"),
        user("eve", "pässword"));
  }
}
