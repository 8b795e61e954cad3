// SPDX-License-Identifier: Apache-2.0

/**
 * Whom we trust, and how we show ourselves: turns identities and trust rules into {@code
 * SSLContext}s.
 *
 * <p>Used by the room {@code instance} and by embedders without OSGi. Each rule is one class; what
 * they say when they refuse is what an operator reads in the log of a replicator, so it names the
 * certificate and the way out. The room refuses to have a rule that accepts every server; clients
 * are judged by the listener's authenticator, not here.
 */
@NullMarked
package dev.divan.tls.trust;

import org.jspecify.annotations.NullMarked;
