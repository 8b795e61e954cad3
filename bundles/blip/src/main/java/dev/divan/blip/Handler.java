// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.transport.Closure;
import org.osgi.annotation.versioning.ConsumerType;

/** What a connection tells its owner. All calls come on the lane, one at a time. */
@ConsumerType
public interface Handler {

  /**
   * A request has arrived whole. Answer it once, now or later, unless it asks for no reply. If this
   * method throws before it was answered, {@link BlipError#unexpected} is answered.
   */
  void request(IncomingRequest request);

  /**
   * {@link Connection#queuedBytes} had reached {@link Limits#lowMark} and has fallen below it
   * again.
   */
  default void drained() {}

  /**
   * The connection has ended; the last call. All open requests have been told before. If this end
   * began the closing, code and reason are those it gave.
   */
  void closed(Closure closure);
}
