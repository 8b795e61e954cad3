// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the answer to one request as it comes, however long it is. Called on the lane: {@link
 * #begin}, {@link #data} any number of times, {@link #end}; or {@link #failed} at any point before
 * the end, and then nothing more. The peer hears of progress only after {@link #data} returned, so
 * a slow sink slows the peer.
 *
 * <p>What one of the first three methods throws fails the sink with {@link BlipError#unexpected};
 * the rest of the answer is then read and dropped.
 */
@ConsumerType
public non-sealed interface ReplySink extends Replies {

  void begin(Properties properties) throws IOException;

  /** Some bytes of the body; the array is only lent. */
  void data(byte[] buffer, int offset, int length) throws IOException;

  void end() throws IOException;

  /** As {@link Reply#onError}. */
  void failed(BlipError error);
}
