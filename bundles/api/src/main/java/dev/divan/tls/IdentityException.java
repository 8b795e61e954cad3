// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import org.jspecify.annotations.Nullable;

/** An identity cannot be made, read or kept; the message says which and why, and never a secret. */
public class IdentityException extends Exception {
  private static final long serialVersionUID = 1L;

  public IdentityException(String message) {
    super(message);
  }

  public IdentityException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
