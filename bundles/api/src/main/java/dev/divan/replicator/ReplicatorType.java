// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

/** Which way documents go, seen from the active peer. */
public enum ReplicatorType {
  PUSH_AND_PULL,
  PUSH,
  PULL;

  public boolean pushes() {
    return this != PULL;
  }

  public boolean pulls() {
    return this != PUSH;
  }
}
