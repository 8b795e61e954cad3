// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import dev.divan.tls.TLSIdentity;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;

/** An identity for consoles. */
public final class ManagedIdentity implements IdentityMXBean {
  private final TLSIdentity identity;
  private final Clock clock;

  public ManagedIdentity(TLSIdentity identity) {
    this(identity, Clock.systemUTC());
  }

  ManagedIdentity(TLSIdentity identity, Clock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  private X509Certificate own() {
    return identity.getCerts().get(0);
  }

  @Override
  public String getLabel() {
    return identity.getLabel();
  }

  @Override
  public String getFingerprint() {
    return identity.getFingerprint();
  }

  @Override
  public String getSubject() {
    return own().getSubjectX500Principal().getName();
  }

  @Override
  public String getIssuer() {
    return own().getIssuerX500Principal().getName();
  }

  @Override
  public Date getNotBefore() {
    return own().getNotBefore();
  }

  @Override
  public Date getExpiration() {
    return Date.from(identity.getExpiration());
  }

  @Override
  public long getDaysLeft() {
    long seconds = Duration.between(clock.instant(), identity.getExpiration()).toSeconds();
    return Math.floorDiv(seconds, Duration.ofDays(1).toSeconds());
  }

  @Override
  public int getChainLength() {
    return identity.getCerts().size();
  }
}
