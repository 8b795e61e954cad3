// SPDX-License-Identifier: Apache-2.0

/**
 * The floor plan as tests: what the built bundles import, export and carry, and that a framework
 * can put them together.
 */
@NullMarked
package dev.divan.itests.architecture;

import org.jspecify.annotations.NullMarked;
