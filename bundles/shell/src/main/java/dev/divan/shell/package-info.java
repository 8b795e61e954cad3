// SPDX-License-Identifier: Apache-2.0

/**
 * The shell: brings each command to Gogo as a service, or to Karaf's shell where there is one.
 *
 * <p>Knows neither's classes: to Gogo a command is any object with a method {@code _main}, and what
 * is Karaf's is in a room of its own, which is not entered elsewhere. For nobody's use but the
 * component runtime's, or, without one, for who makes a {@link dev.divan.shell.Shell}.
 */
@NullMarked
package dev.divan.shell;

import org.jspecify.annotations.NullMarked;
