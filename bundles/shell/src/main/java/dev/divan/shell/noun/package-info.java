// SPDX-License-Identifier: Apache-2.0

/**
 * The commands, one class for each noun, and the names that may stand in them. They ask the node,
 * lay out the answer, and print; what is worth testing by itself lives in the other rooms.
 */
@NullMarked
package dev.divan.shell.noun;

import org.jspecify.annotations.NullMarked;
