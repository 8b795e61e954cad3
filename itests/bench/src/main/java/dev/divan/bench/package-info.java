// SPDX-License-Identifier: Apache-2.0

/**
 * Divan as a role of the benchmark harness: one process, one database, commands as JSON lines. No
 * bundle, no OSGi.
 */
@NullMarked
package dev.divan.bench;

import org.jspecify.annotations.NullMarked;
