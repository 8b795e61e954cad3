// SPDX-License-Identifier: Apache-2.0

/**
 * Where identities live: made here, kept here, in one PKCS#12 file that only its owner can read.
 *
 * <p>Used by the rooms {@code instance} and by embedders without OSGi; the rest of the world sees
 * {@code TLSIdentities}. BouncyCastle writes X.509 here; keys and signatures come from the JVM's
 * own providers, and no provider is ever added. What people hand in is read by the room {@code
 * material}. The room does not decide whom to trust.
 */
@NullMarked
package dev.divan.tls.keeper;

import org.jspecify.annotations.NullMarked;
