// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import org.osgi.annotation.versioning.ConsumerType;

/** Waits for channels. A service with the property {@code schemes}, as for {@link Dialer}. */
@ConsumerType
public interface Acceptor {

  /**
   * Listens. Returns when the socket is bound.
   *
   * @throws BindException with a sentence that names address and port
   */
  Binding bind(BindRequest request, Doorkeeper doorkeeper) throws BindException;

  /** The port or address could not be had. */
  class BindException extends Exception {
    private static final long serialVersionUID = 1L;

    public BindException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
