// SPDX-License-Identifier: Apache-2.0

/**
 * Reads the keys and certificates people hand in: PKCS#12, PEM, key stores. What comes out is
 * proven to belong together; what cannot be read is refused in a sentence that says what to do, and
 * never shows a secret.
 *
 * <p>Used by the rooms {@code keeper} and {@code instance}. It keeps nothing and writes nothing.
 * Formats are the JVM's own; only what PEM has and the JVM does not know is read by BouncyCastle.
 */
@NullMarked
package dev.divan.tls.material;

import org.jspecify.annotations.NullMarked;
