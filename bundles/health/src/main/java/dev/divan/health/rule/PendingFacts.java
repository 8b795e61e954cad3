// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be pushed.
 *
 * @param age how long their number has not fallen
 * @param failure why it could not be counted, or null
 */
public record PendingFacts(
    String name, String url, int documents, Duration age, @Nullable String failure) {}
