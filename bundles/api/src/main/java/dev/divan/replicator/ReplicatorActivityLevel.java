// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

/** What a replicator is doing. */
public enum ReplicatorActivityLevel {
  /** Not running: finished, stopped, or failed for good. */
  STOPPED,
  /** Waiting to try again: the peer cannot be reached now. */
  OFFLINE,
  CONNECTING,
  /** Connected, nothing to do. Only continuous replicators idle. */
  IDLE,
  /** Connected, documents are on their way. */
  BUSY
}
