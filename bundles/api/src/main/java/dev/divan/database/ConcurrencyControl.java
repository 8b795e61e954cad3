// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

/** What a save does when the document has changed since it was read. */
public enum ConcurrencyControl {
  LAST_WRITE_WINS,
  FAIL_ON_CONFLICT
}
