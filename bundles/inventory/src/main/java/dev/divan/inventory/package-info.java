// SPDX-License-Identifier: Apache-2.0

/**
 * What a node holds and does, told to Felix' inventory, which the web console shows and packs. For
 * nobody's use but Felix'.
 */
@NullMarked
package dev.divan.inventory;

import org.jspecify.annotations.NullMarked;
