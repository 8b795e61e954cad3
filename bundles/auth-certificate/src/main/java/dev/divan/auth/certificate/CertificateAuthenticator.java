// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import dev.divan.auth.CertificateJudge;
import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges by certificate. The judge may be exchanged while it runs. */
public final class CertificateAuthenticator implements ListenerAuthenticator {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private volatile @Nullable CertificateJudge judge;

  /** Nobody is admitted until a judge is {@link #use}d. */
  CertificateAuthenticator() {}

  /** Whoever has a certificate that one of these has signed, or one of these. */
  public CertificateAuthenticator(List<X509Certificate> roots) {
    this(new RootJudge(roots, Clock.systemUTC()));
  }

  /** Whoever this judge admits; nothing else is checked. */
  public CertificateAuthenticator(CertificateJudge judge) {
    this.judge = judge;
  }

  /** Counts from the next login on; null admits nobody. */
  void use(@Nullable CertificateJudge next) {
    judge = next;
  }

  @Override
  public Demand demand() {
    return Demand.CERTIFICATE;
  }

  @Override
  public Verdict authenticate(Credentials credentials) {
    CertificateJudge now = judge;
    if (credentials.certificates().isEmpty()) {
      return new Verdict.Refused("no certificate");
    }
    if (now == null) {
      return new Verdict.Refused("nobody is here to judge certificates");
    }
    try {
      return now.judge(credentials.certificates(), credentials.address());
    } catch (RuntimeException | LinkageError e) {
      // somebody else's code: its faults are refusals, and told
      LOG.error("the judge of certificates failed", e);
      return new Verdict.Refused("the judge of certificates failed");
    }
  }

  @Override
  public String toString() {
    return "CertificateAuthenticator[" + judge + "]";
  }
}
