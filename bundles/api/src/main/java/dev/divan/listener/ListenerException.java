// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener;

import org.jspecify.annotations.Nullable;

/** A listener cannot start; the message tells an operator why. */
public class ListenerException extends Exception {
  private static final long serialVersionUID = 1L;

  public ListenerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
