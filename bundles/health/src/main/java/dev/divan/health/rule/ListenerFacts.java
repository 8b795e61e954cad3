// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a listener that is a service.
 *
 * @param port 0 if it does not listen
 * @param exposed whether it can be reached from other machines
 * @param named the authenticator its configuration names, null for none
 * @param present whether it has an authenticator now
 * @param clear whether it does without TLS
 * @param identityMissing whether it should show a certificate and has none
 */
public record ListenerFacts(
    String name,
    int port,
    List<String> urls,
    boolean exposed,
    @Nullable String named,
    boolean present,
    boolean clear,
    boolean identityMissing) {
  public ListenerFacts {
    urls = List.copyOf(urls);
  }
}
