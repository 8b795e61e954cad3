// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a replicator.
 *
 * @param error the last one since it was connected
 * @param apart how long it has not been connected; zero if it is
 * @param quiet how long nothing has changed
 * @param openWork what it waits for
 */
public record SessionFacts(
    String name,
    String url,
    boolean continuous,
    ReplicatorActivityLevel activity,
    @Nullable ReplicatorException error,
    Duration apart,
    Duration quiet,
    List<String> openWork) {
  public SessionFacts {
    openWork = List.copyOf(openWork);
  }
}
