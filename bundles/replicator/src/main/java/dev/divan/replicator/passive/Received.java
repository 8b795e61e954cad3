// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest revisions that came in on this connection, so that they are not announced back.
 * Forgetting one costs a row the client declines, nothing else; so few are kept.
 */
final class Received {
  private static final int MOST = 4096;

  private final Map<String, String> revisions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  void add(String documentID, String revID) {
    revisions.put(documentID, revID);
  }

  boolean is(String documentID, String revID) {
    return revID.equals(revisions.get(documentID));
  }
}
