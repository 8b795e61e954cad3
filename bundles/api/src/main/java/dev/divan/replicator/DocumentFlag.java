// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

/** What a filter or listener should know beside the document. */
public enum DocumentFlag {
  DELETED,
  ACCESS_REMOVED,
  /** Only told to listeners: both sides had changed it, and the conflict has been resolved. */
  CONFLICT
}
