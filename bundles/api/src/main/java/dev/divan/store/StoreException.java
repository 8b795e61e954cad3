// SPDX-License-Identifier: Apache-2.0
package dev.divan.store;

import org.jspecify.annotations.Nullable;

/** The store could not do what was asked; whatever was being written has not happened. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
