// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides who may come in. Registered as a service with the property {@code name}, by which a
 * listener chooses it.
 *
 * <p>Called on a thread that may block, before the upgrade is answered, for every connection;
 * several calls may run at once. Anything thrown is a refusal.
 */
@ConsumerType
public interface ListenerAuthenticator {

  /** What a client must bring for this authenticator to judge it. */
  enum Demand {
    /** A user name and a password, in the {@code Authorization} header. */
    PASSWORD,
    /** A certificate, in the TLS handshake; impossible where TLS is disabled. */
    CERTIFICATE
  }

  /** Asked once when the listener starts. */
  Demand demand();

  /** Judges; takes the same effort for users it knows and users it does not. */
  Verdict authenticate(Credentials credentials);
}
