// SPDX-License-Identifier: Apache-2.0

/**
 * Where identities live: made here, kept here, in one PKCS#12 file that only its owner can read.
 *
 * <p>Used by the rooms {@code instance} and by embedders without OSGi; the rest of the world sees
 * {@code TLSIdentities}. {@link dev.divan.tls.keeper.SelfSigned} is the only class of the project
 * that sees BouncyCastle, for writing X.509; keys and signatures come from the JVM's own providers,
 * and no provider is ever added. The room does not decide whom to trust.
 */
@NullMarked
package dev.divan.tls.keeper;

import org.jspecify.annotations.NullMarked;
