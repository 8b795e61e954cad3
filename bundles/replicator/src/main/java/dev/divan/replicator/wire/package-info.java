// SPDX-License-Identifier: Apache-2.0

/**
 * What the messages of a replication say: profiles, property names, rows, errors; read from bytes
 * and written to bytes.
 *
 * <p>Pure: no thread, clock or I/O. Used by the conversation and both stances. The one place where
 * wire codes become our errors and back ({@link dev.divan.replicator.wire.Faults}).
 */
@NullMarked
package dev.divan.replicator.wire;

import org.jspecify.annotations.NullMarked;
