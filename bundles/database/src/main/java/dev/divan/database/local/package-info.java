// SPDX-License-Identifier: Apache-2.0

/**
 * The database as applications see it: {@code new LocalDatabase(name, store)}. Wires the other
 * rooms together and owns the threads: one that commits, one that notifies, one that expires
 * documents, each of them started when needed and ended when idle.
 */
@NullMarked
package dev.divan.database.local;

import org.jspecify.annotations.NullMarked;
