// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

/** Whoever is to be asked is not there now. One that throws this has not decided. */
public final class AwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message who is away, such as {@code there is no sendFilter (name=staff)}
   */
  public AwayException(String message) {
    super(message, null, false, false);
  }
}
