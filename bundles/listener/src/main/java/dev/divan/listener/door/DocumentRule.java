// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.ReplicationFilter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which documents pass in one direction.
 *
 * @param words for logs, such as {@code everything} or a filter's name
 * @param filter asked at each document; null means that there is none just now, and nothing passes
 */
public record DocumentRule(String words, Supplier<? extends @Nullable ReplicationFilter> filter) {

  /** All documents pass. */
  public static DocumentRule everything() {
    return new DocumentRule("everything", () -> PassiveConfiguration.EVERYTHING);
  }

  /** Always this filter; null for everything. */
  public static DocumentRule by(@Nullable ReplicationFilter filter) {
    return filter == null
        ? everything()
        : new DocumentRule(filter.getClass().getSimpleName(), () -> filter);
  }

  boolean isAbsent() {
    return filter.get() == null;
  }
}
