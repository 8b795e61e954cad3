// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A body that is read while it is sent, a frame at a time, and never held whole. All calls come on
 * the lane, when a frame is due; reading a file there is fine, waiting is not.
 *
 * <p>A source that fails before its first frame left turns the message into an error; later than
 * that the connection has to close, since BLIP cannot take back a message it has begun.
 */
@ConsumerType
public interface BodySource {

  /**
   * Reads into the buffer.
   *
   * @return the number of bytes; 0 if there are none now but more will come; −1 at the end
   */
  int read(byte[] buffer, int offset, int length) throws IOException;

  /**
   * Tells whom to call, once, before the first {@link #read}. After each {@code read} that returned
   * 0, {@code ready} must be run, from any thread, when bytes or the end have come. A source that
   * never returns 0 need not care.
   */
  default void whenReady(Runnable ready) {}

  /** Frees what the source holds. Called once, at the end, after a failure, or if never sent. */
  default void close() {}
}
