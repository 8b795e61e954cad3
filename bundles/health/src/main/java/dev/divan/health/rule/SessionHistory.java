// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a replicator's status was, as far as it matters now: a status alone does not say how long it
 * has been so, nor, while connecting, why the last try failed. Time is that of {@code nanoTime},
 * which no clock setting moves. May be used by all threads.
 */
public final class SessionHistory {
  private ReplicatorStatus status;
  private @Nullable ReplicatorException error;
  private long connected;
  private long moved;

  public SessionHistory(ReplicatorStatus status, long nanos) {
    this.status = status;
    this.error = status.error();
    this.connected = nanos;
    this.moved = nanos;
  }

  /** The status is this now. */
  public synchronized void seen(ReplicatorStatus next, long nanos) {
    boolean still =
        next.activityLevel() == status.activityLevel() && next.progress().equals(status.progress());
    if (!still) moved = nanos;
    if (isConnected(next) || isConnected(status)) connected = nanos;
    if (isConnected(next)) error = null;
    if (next.error() != null) error = next.error();
    else if (next.activityLevel() == ReplicatorActivityLevel.STOPPED) error = null;
    status = next;
  }

  private static boolean isConnected(ReplicatorStatus status) {
    return status.activityLevel() == ReplicatorActivityLevel.IDLE
        || status.activityLevel() == ReplicatorActivityLevel.BUSY;
  }

  public synchronized ReplicatorStatus status() {
    return status;
  }

  /** The last error since it was connected, or since it was stopped by hand. */
  public synchronized @Nullable ReplicatorException error() {
    return error;
  }

  /** How long it has not been connected, as far as known. */
  public synchronized Duration apart(long nanos) {
    return isConnected(status) ? Duration.ZERO : Duration.ofNanos(nanos - connected);
  }

  /** How long neither activity nor progress has changed. */
  public synchronized Duration quiet(long nanos) {
    return Duration.ofNanos(nanos - moved);
  }
}
