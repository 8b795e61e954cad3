// SPDX-License-Identifier: Apache-2.0

/**
 * The commands as Karaf's shell has them: with completion of their arguments. The only room that
 * knows Karaf, by the package {@code org.apache.karaf.shell.api.console}, which is imported if it
 * is there; {@link dev.divan.shell.Shell} enters it when Karaf's session factory is. Decides
 * nothing about what a command does or what may stand in it.
 */
@NullMarked
package dev.divan.shell.karaf;

import org.jspecify.annotations.NullMarked;
