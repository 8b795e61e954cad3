// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import java.util.Set;

/** Lets in whose name and password a piece of code agrees with; without roles. */
public final class ListenerPasswordAuthenticator implements ListenerAuthenticator {
  private final ListenerPasswordAuthenticatorDelegate delegate;

  public ListenerPasswordAuthenticator(ListenerPasswordAuthenticatorDelegate delegate) {
    this.delegate = delegate;
  }

  @Override
  public Demand demand() {
    return Demand.PASSWORD;
  }

  @Override
  public Verdict authenticate(Credentials credentials) {
    String name = credentials.username();
    char[] password = credentials.password();
    if (name == null || name.isEmpty() || password == null)
      return new Verdict.Refused("no user name and password");
    return delegate.authenticate(name, password)
        ? new Verdict.Admitted(name, Set.of())
        : new Verdict.Refused("wrong user name or password");
  }
}
