// SPDX-License-Identifier: Apache-2.0

/**
 * The active stance: the replicator that dials, retries and remembers, and the session that lives
 * for one connection.
 */
@NullMarked
package dev.divan.replicator.active;

import org.jspecify.annotations.NullMarked;
