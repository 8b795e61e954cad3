// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener;

/**
 * How many clients there are.
 *
 * @param connectionCount connected
 * @param activeConnectionCount of those, busy right now
 */
public record ConnectionStatus(int connectionCount, int activeConnectionCount) {
  public int getConnectionCount() {
    return connectionCount;
  }

  public int getActiveConnectionCount() {
    return activeConnectionCount;
  }
}
