// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a store or a database.
 *
 * @param kind {@code store} or {@code database}
 * @param failure what it said when it was asked, or null
 */
public record StoreFacts(String kind, String name, @Nullable String failure) {}
