// SPDX-License-Identifier: Apache-2.0

/**
 * The words between a test and the framework it has started: only types of Java. The framework's
 * system bundle exports this package, so that both sides mean the same.
 */
@NullMarked
package dev.divan.itests.frameworks.site;

import org.jspecify.annotations.NullMarked;
