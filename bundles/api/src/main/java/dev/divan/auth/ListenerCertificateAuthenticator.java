// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

/**
 * Lets in whose certificate a judge admits; nothing else is checked. For a list of root
 * certificates, configure {@code dev.divan.listener.auth.certificate} instead.
 */
public final class ListenerCertificateAuthenticator implements ListenerAuthenticator {
  private final CertificateJudge judge;

  public ListenerCertificateAuthenticator(CertificateJudge judge) {
    this.judge = judge;
  }

  @Override
  public Demand demand() {
    return Demand.CERTIFICATE;
  }

  @Override
  public Verdict authenticate(Credentials credentials) {
    return credentials.certificates().isEmpty()
        ? new Verdict.Refused("no certificate")
        : judge.judge(credentials.certificates(), credentials.address());
  }
}
