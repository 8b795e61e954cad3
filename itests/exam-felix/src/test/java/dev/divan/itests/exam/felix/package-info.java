// SPDX-License-Identifier: Apache-2.0

/**
 * Divan in a Felix, as an application tests what it does with it: Pax Exam starts the framework,
 * wraps this package into a bundle and runs the tests in there. {@code InFelix} starts it, {@code
 * Node} configures and waits, the tests say the rest. They use what Divan exports and no more, and
 * need no container, port or file that was there before.
 */
package dev.divan.itests.exam.felix;
