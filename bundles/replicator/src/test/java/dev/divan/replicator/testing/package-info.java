// SPDX-License-Identifier: Apache-2.0

/**
 * What the tests of this bundle share: vectors, nodes in memory, a peer that speaks by script. For
 * tests only; it decides nothing about right and wrong.
 */
@NullMarked
package dev.divan.replicator.testing;

import org.jspecify.annotations.NullMarked;
