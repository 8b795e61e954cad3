// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.flow;

/** Bytes that may be held at a time. */
public final class Budget {
  private long left;

  public Budget(long bytes) {
    this.left = bytes;
  }

  /** Takes bytes if so many are left. */
  public boolean take(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  public void give(long bytes) {
    left += bytes;
  }
}
