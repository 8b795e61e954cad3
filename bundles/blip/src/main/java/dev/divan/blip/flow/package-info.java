// SPDX-License-Identifier: Apache-2.0

/**
 * Which message sends the next frame, and when it has to wait: the send queue, the windows of
 * unacknowledged bytes, the acknowledgements owed, and the table of what is open.
 *
 * <p>For this bundle's connection only. Pure bookkeeping: no threads, no clock, no bytes of any
 * message.
 */
@NullMarked
package dev.divan.blip.flow;

import org.jspecify.annotations.NullMarked;
