// SPDX-License-Identifier: Apache-2.0

/**
 * The parts of the inventory, a class each; {@link dev.divan.inventory.part.Parts} has them all.
 *
 * <p>They ask the services of the api by what these promise, and single properties by name. No
 * configuration is read, so none of its secrets can be told. Each looks when it is asked, keeps
 * nothing and changes nothing.
 */
@NullMarked
package dev.divan.inventory.part;

import org.jspecify.annotations.NullMarked;
