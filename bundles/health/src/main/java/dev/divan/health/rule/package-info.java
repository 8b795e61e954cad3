// SPDX-License-Identifier: Apache-2.0

/**
 * What is healthy, and what is not: facts in, findings in words out.
 *
 * <p>Pure: no clock, no service, no I/O, no health check API. The checks gather the facts.
 */
@NullMarked
package dev.divan.health.rule;

import org.jspecify.annotations.NullMarked;
