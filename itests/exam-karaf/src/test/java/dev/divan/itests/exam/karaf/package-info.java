// SPDX-License-Identifier: Apache-2.0

/**
 * Divan in a stock Karaf, as an application tests what it does with it: Pax Exam unpacks and starts
 * the Karaf in a process of its own, with the files of {@code src/test/etc}, wraps this package
 * into a bundle and runs the tests in there. {@code InKaraf} starts it, the tests say the rest.
 * They use what Divan exports and no more, and need no container, port, file or network.
 */
package dev.divan.itests.exam.karaf;
