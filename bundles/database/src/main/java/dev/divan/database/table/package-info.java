// SPDX-License-Identifier: Apache-2.0

/**
 * Documents, changes, peers and checkpoints as they lie in the store: what to read and write under
 * which keys. Works inside the snapshot or transaction it is handed; begins and commits none.
 */
@NullMarked
package dev.divan.database.table;

import org.jspecify.annotations.NullMarked;
