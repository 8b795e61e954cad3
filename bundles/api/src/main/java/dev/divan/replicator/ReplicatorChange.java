// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

/** A replicator's status changed. */
public record ReplicatorChange(Replicator replicator, ReplicatorStatus status) {

  public ReplicatorStatus getStatus() {
    return status;
  }
}
