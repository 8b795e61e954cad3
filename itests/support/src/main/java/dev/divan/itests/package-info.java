// SPDX-License-Identifier: Apache-2.0

/**
 * What several integration tests need: child processes that end with the test, and the stand-alone
 * node as one of them.
 *
 * <p>For the modules beside this one. Knows Divan only by its files and the lines it prints.
 */
@NullMarked
package dev.divan.itests;

import org.jspecify.annotations.NullMarked;
