// SPDX-License-Identifier: Apache-2.0

/**
 * What is told, in plain values, and how much of it may wait.
 *
 * <p>Pure: no thread, no service, nothing of the Event Admin.
 */
@NullMarked
package dev.divan.events.letter;

import org.jspecify.annotations.NullMarked;
