// SPDX-License-Identifier: Apache-2.0

/**
 * The database as a replicator sees it: revisions with their histories, sequences, checkpoints and
 * blobs, in batches and in bytes.
 *
 * <p>Provided by the database, used by the replicator; applications have no business here. It knows
 * which revision follows which, but nothing of messages or peers beyond an opaque name for each.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.database.replica;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
