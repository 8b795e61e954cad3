// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.database.DivanException;
import org.jspecify.annotations.Nullable;

/** A move did not happen: the database is where it was. Says why, in words for an operator. */
public final class MoveException extends DivanException {
  private static final long serialVersionUID = 1L;

  private final boolean occupied;

  public MoveException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.occupied = false;
  }

  private MoveException(String message, boolean occupied) {
    super(message);
    this.occupied = occupied;
  }

  /** The target holds something else under the name. */
  static MoveException occupied(String message) {
    return new MoveException(message, true);
  }

  /** Whether the target holds another database of that name, which is left alone. */
  public boolean isOccupied() {
    return occupied;
  }
}
