// SPDX-License-Identifier: Apache-2.0

/**
 * A process to be killed: one durable database that listens or dials, and writes as fast as it is
 * let.
 */
@NullMarked
package dev.divan.endurance;

import org.jspecify.annotations.NullMarked;
