// SPDX-License-Identifier: Apache-2.0

/**
 * The demo's story, outside any framework: lays out two homes, starts two nodes, gives orders to
 * the application in them, and tells what happens.
 *
 * <p>Started by {@code java -jar divan-demo.jar}; the same jar is the application's bundle. It uses
 * the JDK only, and of Divan only what a user sees: files, standard input and output.
 */
@NullMarked
package dev.divan.demo;

import org.jspecify.annotations.NullMarked;
