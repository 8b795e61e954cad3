// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.inventory.text.Facts;
import dev.divan.tls.TLSIdentity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.osgi.framework.ServiceReference;

/** The identities; of their keys nothing. */
final class Identities implements Part {
  private final Services services;

  Identities(Services services) {
    this.services = services;
  }

  @Override
  public Object tell() {
    return services.each(TLSIdentity.class, Identities::facts);
  }

  private static Object facts(ServiceReference<TLSIdentity> reference, TLSIdentity identity) {
    var own = identity.getCerts().get(0);
    return new Facts()
        .add("label", identity.getLabel())
        .add("fingerprint", identity.getFingerprint())
        .add("subject", own.getSubjectX500Principal().getName())
        .add("issuer", own.getIssuerX500Principal().getName())
        .add("from", own.getNotBefore().toInstant())
        .add("expires", identity.getExpiration())
        .add("days left", daysLeft(identity))
        .add("certificates", identity.getCerts().size());
  }

  /** Whole days; below 0 if it has expired. */
  static long daysLeft(TLSIdentity identity) {
    Instant now = Instant.now();
    long days = ChronoUnit.DAYS.between(now, identity.getExpiration());
    return days == 0 && identity.getExpiration().isBefore(now) ? -1 : days;
  }
}
