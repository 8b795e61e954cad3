// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.delta;

/** A delta is malformed or does not fit; the peer should send the whole document. */
public class DeltaException extends Exception {
  private static final long serialVersionUID = 1L;

  public DeltaException(String message) {
    super(message, null, false, false);
  }
}
