// SPDX-License-Identifier: Apache-2.0

/**
 * The shell: registers each command as a service that Gogo finds, in Felix as in Karaf.
 *
 * <p>Knows neither's classes: a command is any object with a method {@code _main}. For nobody's use
 * but the component runtime's, or, without one, for who makes a {@link dev.divan.shell.Shell}.
 */
@NullMarked
package dev.divan.shell;

import org.jspecify.annotations.NullMarked;
