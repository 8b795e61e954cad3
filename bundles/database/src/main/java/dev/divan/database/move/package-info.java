// SPDX-License-Identifier: Apache-2.0

/**
 * A space that can go to another store while it works, and which of several copies counts. Knows of
 * a database only its identity and its entry {@code 07}; copies everything else byte by byte.
 *
 * <p>{@link dev.divan.database.move.MovableSpace} is what a database works on, {@link
 * dev.divan.database.move.Move} takes it elsewhere, {@link dev.divan.database.move.Whereabouts}
 * finds it at the start. A copy is never opened that is unfinished or was left.
 */
@NullMarked
package dev.divan.database.move;

import org.jspecify.annotations.NullMarked;
