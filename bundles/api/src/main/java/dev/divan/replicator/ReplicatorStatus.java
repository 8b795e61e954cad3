// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import org.jspecify.annotations.Nullable;

/**
 * A replicator's state at one moment.
 *
 * @param error the last error; in {@code STOPPED} why it stopped, in {@code OFFLINE} why it could
 *     not connect
 */
public record ReplicatorStatus(
    ReplicatorActivityLevel activityLevel,
    ReplicatorProgress progress,
    @Nullable ReplicatorException error) {

  public ReplicatorActivityLevel getActivityLevel() {
    return activityLevel;
  }

  public ReplicatorProgress getProgress() {
    return progress;
  }

  public @Nullable ReplicatorException getError() {
    return error;
  }
}
