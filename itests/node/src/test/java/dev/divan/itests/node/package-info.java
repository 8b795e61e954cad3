// SPDX-License-Identifier: Apache-2.0

/**
 * The stand-alone node as its users have it: a process, a folder with configuration files, and what
 * it prints.
 */
@NullMarked
package dev.divan.itests.node;

import org.jspecify.annotations.NullMarked;
