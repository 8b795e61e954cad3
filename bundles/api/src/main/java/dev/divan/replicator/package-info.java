// SPDX-License-Identifier: Apache-2.0

/**
 * Replication as applications use it, with Couchbase Lite's names: replicators, their configuration
 * and status; and the passive door, through which a listener hands a channel in.
 *
 * <p>Applications make a {@link dev.divan.replicator.ReplicatorConfiguration} and give it to {@link
 * dev.divan.replicator.ReplicatorFactory}, or write a configuration file; they implement the
 * listeners and filters.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.replicator;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
