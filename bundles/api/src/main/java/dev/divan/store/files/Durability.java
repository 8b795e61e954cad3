// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

/** When what was committed is on the disk and not only in the operating system's memory. */
public enum Durability {
  /** Before a commit returns: it survives a loss of power. */
  COMMIT,

  /** Within a second: a loss of power takes the last second, a killed process nothing. */
  PERIODIC
}
