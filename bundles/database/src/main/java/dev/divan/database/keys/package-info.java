// SPDX-License-Identifier: Apache-2.0

/**
 * The key tree: which byte strings stand for what in a database's space. The only place that builds
 * or takes apart keys; the format is told in docs/storage.md. Pure.
 */
@NullMarked
package dev.divan.database.keys;

import org.jspecify.annotations.NullMarked;
