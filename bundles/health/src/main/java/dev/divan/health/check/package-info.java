// SPDX-License-Identifier: Apache-2.0

/**
 * The health checks as services: each gathers facts about the services of this moment, has a rule
 * judge them, and reports. A look holds no service longer than it takes.
 */
@NullMarked
package dev.divan.health.check;

import org.jspecify.annotations.NullMarked;
