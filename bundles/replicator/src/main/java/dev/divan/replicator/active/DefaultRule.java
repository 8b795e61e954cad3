// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

/**
 * Who wins a conflict when nobody is asked (docs/protocol.md "Conflicts"): a deletion; else the
 * higher generation; else the greater revision ID as text.
 */
final class DefaultRule {
  private DefaultRule() {}

  static boolean remoteWins(
      String localRevID, boolean localDeleted, String remoteRevID, boolean remoteDeleted) {
    if (localDeleted != remoteDeleted) return remoteDeleted;
    long local = generation(localRevID);
    long remote = generation(remoteRevID);
    return local != remote ? remote > local : remoteRevID.compareTo(localRevID) > 0;
  }

  private static long generation(String revID) {
    int dash = revID.indexOf('-');
    return dash <= 0 ? 0 : Long.parseLong(revID, 0, dash, 10);
  }
}
