// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.nio.CharBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs inside a node, in a bundle of its own: the password is the bundle's version. */
public final class LiveBadge implements ListenerAuthenticator {
  private volatile String password = "";

  void activate(Map<String, Object> properties) {
    password = Objects.toString(properties.get("version"));
  }

  @Override
  public Demand demand() {
    return Demand.PASSWORD;
  }

  @Override
  public Verdict authenticate(Credentials who) {
    char[] given = who.password();
    return given != null && password.contentEquals(CharBuffer.wrap(given))
        ? new Verdict.Admitted("guest", Set.of())
        : new Verdict.Refused("an old badge");
  }
}
