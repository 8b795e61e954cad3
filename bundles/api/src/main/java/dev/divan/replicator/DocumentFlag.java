// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

/** What a filter or listener should know beside the document. */
public enum DocumentFlag {
  DELETED,
  ACCESS_REMOVED
}
