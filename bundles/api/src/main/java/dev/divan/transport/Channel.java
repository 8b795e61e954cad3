// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A connection that carries whole binary messages ("frames") both ways, in order.
 *
 * <p>All methods may be called from any thread, and none blocks. The channel answers pings by
 * itself, and sends its own when it was told a heartbeat.
 */
@ConsumerType
public interface Channel {

  /** The sub-protocol agreed upon. */
  String protocol();

  /** The other end as a person would write it, {@code 192.168.1.7:50012}; for logs and tables. */
  String remote();

  /** The other end's facts: address, certificates. */
  PeerFacts peer();

  /**
   * Whether bytes travel through a network that is worth saving; false for a loopback interface or
   * memory.
   */
  boolean metered();

  /** Begins delivery. Called once; frames that arrived before wait. */
  void start(Receiver receiver);

  /**
   * Asks for frames again after {@link Receiver#received} said stop. It may come before the channel
   * has seen that answer, and counts all the same; harmless otherwise.
   */
  void resume();

  /**
   * Sends frames in order, gathered and flushed once. The arrays belong to the channel from here
   * on.
   *
   * @param written run once all of them have been handed to the network, or cannot be any more
   *     because the channel ended; on a thread of the channel or within this call, it must not
   *     block
   */
  void send(List<byte[]> frames, Runnable written);

  /**
   * Closes politely: what was sent before goes out, then the close, then the echo is awaited for at
   * most 5 s; without it the end is told as {@link Closure#ABNORMAL}. What still arrives is
   * dropped.
   */
  void close(int code, String reason);

  /** Ends the connection at once. */
  void abort();

  /** Takes what arrives. Called by one thread at a time; must not block. */
  @ConsumerType
  interface Receiver {
    /**
     * One frame; the array belongs to the receiver.
     *
     * @return whether more may follow at once; after false none comes until {@link
     *     Channel#resume()}
     */
    boolean received(byte[] frame);

    /** The end, told exactly once and last. */
    void closed(Closure closure);
  }
}
