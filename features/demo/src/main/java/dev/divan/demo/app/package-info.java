// SPDX-License-Identifier: Apache-2.0

/**
 * The application that runs in the demo's two nodes, written as yours would be: components that are
 * given a database, a replicator and a listener, and never say where those come from.
 *
 * <p>The story tells it what to do by lines on standard input and reads its answers. Refuses to
 * know anything of the story.
 */
@NullMarked
package dev.divan.demo.app;

import org.jspecify.annotations.NullMarked;
