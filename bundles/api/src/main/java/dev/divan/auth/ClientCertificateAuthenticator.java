// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import dev.divan.tls.TLSIdentity;

/** A certificate, presented in the TLS handshake to a peer that asks for one. */
public final class ClientCertificateAuthenticator implements Authenticator {
  private final TLSIdentity identity;

  public ClientCertificateAuthenticator(TLSIdentity identity) {
    this.identity = identity;
  }

  @Override
  public TLSIdentity identity() {
    return identity;
  }

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "ClientCertificateAuthenticator[" + identity.getLabel() + "]";
  }
}
