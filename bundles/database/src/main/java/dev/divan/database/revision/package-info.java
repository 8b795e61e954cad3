// SPDX-License-Identifier: Apache-2.0

/**
 * What a revision is called and which one follows which: rev-tree IDs, version vectors, and the
 * rule of succession. Pure: no store, no thread, and no clock but the one handed in.
 */
@NullMarked
package dev.divan.database.revision;

import org.jspecify.annotations.NullMarked;
