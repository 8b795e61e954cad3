// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import org.osgi.annotation.versioning.ConsumerType;

/** A bound socket. */
@ConsumerType
public interface Binding extends AutoCloseable {

  /** The port in use, also if any was asked for. */
  int port();

  /**
   * Stops accepting, at once. Channels already open stay: close them first, with the code their
   * peers shall see; what is still open when the transport's bundle stops is aborted. Idempotent.
   */
  @Override
  void close();
}
