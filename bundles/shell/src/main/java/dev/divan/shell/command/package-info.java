// SPDX-License-Identifier: Apache-2.0

/**
 * What a command is: its name, its usage, what it does; how its arguments are read and completed,
 * and how its failures are told. Knows no databases and no OSGi.
 */
@NullMarked
package dev.divan.shell.command;

import org.jspecify.annotations.NullMarked;
