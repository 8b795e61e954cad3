// SPDX-License-Identifier: Apache-2.0

/**
 * What a person reads: tables, numbers with units, times. Pure; knows no commands and no services.
 *
 * <p>Takes the control characters out of everything it lays out, since names come from strangers
 * and a terminal obeys them.
 */
@NullMarked
package dev.divan.shell.text;

import org.jspecify.annotations.NullMarked;
