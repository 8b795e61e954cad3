// SPDX-License-Identifier: Apache-2.0

/**
 * The database as replicators see it: what is wanted, what is welcome, and what becomes of
 * revisions that come in. Knows nothing of messages.
 */
@NullMarked
package dev.divan.database.exchange;

import org.jspecify.annotations.NullMarked;
