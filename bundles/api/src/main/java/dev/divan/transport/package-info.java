// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of a transport: channels of binary frames, a dialer that opens them, an acceptor
 * that waits for them, and the request to upgrade that stands between.
 *
 * <p>Bundles that provide a transport implement {@link dev.divan.transport.Dialer} and {@link
 * dev.divan.transport.Acceptor} and register them as services with the property {@code schemes}.
 * The replicator dials, the listener accepts. A transport knows nothing of BLIP or documents; it
 * moves whole binary messages, in order, and says once and plainly how the channel ended.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
