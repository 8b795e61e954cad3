// SPDX-License-Identifier: Apache-2.0

/**
 * How far a replication has got: which local sequences are pushed, up to which remote sequence all
 * is pulled.
 *
 * <p>Pure values and sets; who saves them where is the active session's business.
 */
@NullMarked
package dev.divan.replicator.checkpoint;

import org.jspecify.annotations.NullMarked;
