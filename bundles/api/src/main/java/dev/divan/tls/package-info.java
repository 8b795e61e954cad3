// SPDX-License-Identifier: Apache-2.0

/**
 * Identities: a private key with its certificate chain under a label; and the rules by which a
 * peer's certificate is trusted.
 *
 * <p>Users ask {@link dev.divan.tls.TLSIdentities} for identities; transports receive ready {@code
 * SSLContext}s and never see a key. No setting that accepts every certificate exists.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
