// SPDX-License-Identifier: Apache-2.0

/**
 * The front door: a bound port, a doorman who asks who is there, and the guests who are in.
 *
 * <p>{@link dev.divan.listener.door.Door} is the listener, made by the room {@code instance} or by
 * embedders without OSGi. A channel that has been let in is handed to the passive peer, and the
 * room never sees a frame. It refuses to judge credentials or documents itself, and to let anybody
 * in while one who judges is absent.
 */
@NullMarked
package dev.divan.listener.door;

import org.jspecify.annotations.NullMarked;
