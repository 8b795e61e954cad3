// SPDX-License-Identifier: Apache-2.0

/**
 * Who may come in, and how we introduce ourselves.
 *
 * <p>Bundles that extend Divan implement {@link dev.divan.auth.ListenerAuthenticator} (credentials
 * in, principal or refusal out), or {@link dev.divan.auth.CertificateJudge} (certificates in), and
 * register it as a service with the property {@code name}. Client authenticators are values given
 * to a replicator configuration, or {@link dev.divan.auth.Authenticator} services. Nothing here
 * prints or stores a secret.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
