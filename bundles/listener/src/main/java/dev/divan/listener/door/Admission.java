// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.ListenerAuthenticator.Demand;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who judges clients.
 *
 * @param who its name, or the filter it is chosen by; or that there is nobody
 * @param demand what clients must bring; null if everyone may come in
 * @param judge asked at each login; null means that there is none just now, and nobody comes in
 */
public record Admission(
    String who,
    @Nullable Demand demand,
    Supplier<? extends @Nullable ListenerAuthenticator> judge) {

  /** Nobody is asked. */
  public static Admission everyone() {
    return new Admission("open to everyone", null, () -> null);
  }

  /** Always this one. */
  public static Admission by(ListenerAuthenticator authenticator) {
    return new Admission(
        authenticator.getClass().getSimpleName(), authenticator.demand(), () -> authenticator);
  }

  /** For logs, such as {@code authenticator staff}. */
  String words() {
    return isOpen() ? who : "authenticator " + who;
  }

  /** Whether another asks for the same, whoever judges. */
  boolean sameAs(Admission other) {
    return who.equals(other.who) && demand == other.demand;
  }

  boolean isOpen() {
    return demand == null;
  }
}
