// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event to be.
 *
 * @param properties numbers, truths, texts and arrays of texts
 * @param key a later letter of the same key makes this one superfluous; null if none does
 * @param documents how many document IDs it holds
 */
public record Letter(
    String topic, Map<String, Object> properties, @Nullable Object key, int documents) {
  public Letter {
    properties = Map.copyOf(properties);
  }
}
