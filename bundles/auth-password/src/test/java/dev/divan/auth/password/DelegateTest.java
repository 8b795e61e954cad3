// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.ListenerPasswordAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.testkit.auth.AuthenticatorSuite;
import java.util.List;
import java.util.Set;

/** An authenticator made of a few lines of code is as good as ours. */
class DelegateTest extends AuthenticatorSuite {
  private static final PasswordHash HASH = PasswordHash.of("geheim".toCharArray(), 1000);

  @Override
  protected ListenerAuthenticator open() {
    return new ListenerPasswordAuthenticator(
        (name, password) -> HASH.verify(password) & name.equals("ann"));
  }

  @Override
  protected Credentials right() {
    return user("ann", "geheim");
  }

  @Override
  protected Verdict.Admitted expected() {
    return new Verdict.Admitted("ann", Set.of());
  }

  @Override
  protected List<Credentials> wrong() {
    return List.of(user("ann", "geheimer"), user("eve", "geheim"));
  }
}
