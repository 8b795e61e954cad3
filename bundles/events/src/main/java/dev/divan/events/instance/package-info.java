// SPDX-License-Identifier: Apache-2.0

/**
 * Hears of replicators and collections, and tells the Event Admin on a thread of its own: whoever
 * listens there, however slowly, holds up nobody here.
 */
@NullMarked
package dev.divan.events.instance;

import org.jspecify.annotations.NullMarked;
