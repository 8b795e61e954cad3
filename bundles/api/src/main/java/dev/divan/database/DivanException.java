// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import org.jspecify.annotations.Nullable;

/**
 * Root of what can go wrong with documents and databases; each kind a caller can act on has its own
 * type.
 */
public class DivanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DivanException(String message) {
    super(message);
  }

  public DivanException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
