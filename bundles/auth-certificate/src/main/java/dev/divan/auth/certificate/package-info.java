// SPDX-License-Identifier: Apache-2.0

/**
 * A listener authenticator that knows clients by their certificates: signed by a root of a list, in
 * the list itself, or whatever a {@code CertificateJudge} says.
 *
 * <p>Listeners meet it as a {@code ListenerAuthenticator} service; embedders make a {@link
 * dev.divan.auth.certificate.CertificateAuthenticator} by constructor. The room keeps no key, asks
 * nobody on the network about revocation, and refuses to admit anybody while its judge is away.
 */
@NullMarked
package dev.divan.auth.certificate;

import org.jspecify.annotations.NullMarked;
