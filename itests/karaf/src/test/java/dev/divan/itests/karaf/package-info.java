// SPDX-License-Identifier: Apache-2.0

/**
 * A stock Karaf as its users have it: unpacked, started, given the features in its shell and files
 * in {@code etc}.
 */
@NullMarked
package dev.divan.itests.karaf;

import org.jspecify.annotations.NullMarked;
