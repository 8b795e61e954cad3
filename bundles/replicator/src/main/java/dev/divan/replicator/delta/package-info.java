// SPDX-License-Identifier: Apache-2.0

/**
 * Deltas: the difference of two JSON documents, applied to the older to get the newer
 * (docs/protocol.md "Deltas").
 *
 * <p>Pure. Only reading is spoken here; a delta that does not fit exactly is refused, never guessed
 * at.
 */
@NullMarked
package dev.divan.replicator.delta;

import org.jspecify.annotations.NullMarked;
