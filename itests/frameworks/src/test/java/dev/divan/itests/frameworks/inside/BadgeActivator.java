// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks.inside;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.nio.CharBuffer;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A third party's listener authenticator, {@code badge}. */
public final class BadgeActivator implements BundleActivator, ListenerAuthenticator {
  @Override
  public void start(BundleContext context) {
    context.registerService(
        ListenerAuthenticator.class, this, new Hashtable<>(Map.of("name", "badge")));
  }

  @Override
  public void stop(BundleContext context) {
    // the framework withdraws the service
  }

  @Override
  public Demand demand() {
    return Demand.PASSWORD;
  }

  @Override
  public Verdict authenticate(Credentials who) {
    char[] badge = who.password();
    return badge != null && "4711".contentEquals(CharBuffer.wrap(badge))
        ? new Verdict.Admitted("guest", Set.of())
        : new Verdict.Refused("unknown badge");
  }
}
