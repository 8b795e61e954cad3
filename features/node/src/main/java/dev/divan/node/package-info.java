// SPDX-License-Identifier: Apache-2.0

/**
 * The launcher of the stand-alone node: reads the command line, starts a framework with the bundles
 * the jar carries, and stops it on a signal.
 *
 * <p>Started by {@code java -jar divan-node.jar}; nobody calls it. It knows no database and no
 * listener: what happens inside the framework is said by the agent bundle, which finds the folder
 * to look after in the framework property {@code dev.divan.node.home} and standard output as a
 * service.
 */
@NullMarked
package dev.divan.node;

import org.jspecify.annotations.NullMarked;
