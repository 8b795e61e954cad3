// SPDX-License-Identifier: Apache-2.0

/**
 * BLIP 3: requests and replies over a channel of binary frames.
 *
 * <p>Give a {@link dev.divan.blip.Connection} a channel, a {@link dev.divan.blip.Lane} and a {@link
 * dev.divan.blip.Handler}; send {@link dev.divan.blip.Outgoing} requests, answer each {@link
 * dev.divan.blip.IncomingRequest} once. Everything is called back on the lane, one call at a time.
 *
 * <p>This bundle knows nothing of documents, JSON or replication, opens no sockets and keeps no
 * clock. Frames are made and read by the room {@code codec}, their order and windows are decided by
 * the room {@code flow}; both are pure and neither is exported. The replicator is the user.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.blip;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
