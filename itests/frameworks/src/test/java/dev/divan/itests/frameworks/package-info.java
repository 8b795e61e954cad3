// SPDX-License-Identifier: Apache-2.0

/**
 * The bundles inside frameworks that the test starts in its own JVM, Felix and Equinox: any order
 * of starts and arrivals, updates under traffic, code without Declarative Services.
 *
 * <p>The tests see a framework from outside, by the API of OSGi and the words of {@code site}; what
 * they have run inside it is in {@code inside}.
 */
@NullMarked
package dev.divan.itests.frameworks;

import org.jspecify.annotations.NullMarked;
