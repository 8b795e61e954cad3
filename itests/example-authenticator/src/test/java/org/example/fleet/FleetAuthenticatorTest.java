// SPDX-License-Identifier: Apache-2.0
package org.example.fleet;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.testkit.auth.AuthenticatorSuite;
import java.util.List;

class FleetAuthenticatorTest extends AuthenticatorSuite {
  private final FleetAuthenticator fleet = new FleetAuthenticator("a key of this fleet", "device");

  @Override
  protected ListenerAuthenticator open() {
    return fleet;
  }

  @Override
  protected Credentials right() {
    return user("SN-0815", fleet.password("SN-0815"));
  }

  @Override
  protected List<Credentials> wrong() {
    return List.of(user("SN-0816", fleet.password("SN-0815")), user("SN-0815", "4711"));
  }
}
