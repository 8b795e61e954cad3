// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

/**
 * What one connection may hold.
 *
 * @param maxMessage most bytes of a message delivered whole, after inflating; a larger one closes
 *     with 1009. Bounds the largest document.
 * @param maxUnfinished most bytes of all unfinished incoming messages together; more closes with
 *     1009. Must allow at least one of the largest messages.
 * @param maxFrame longest frame accepted, as it travels; a longer one closes with 1009. Peers send
 *     16,384 at most, some scripts more.
 * @param mailbox bytes of frames that wait for the lane before the channel is asked to pause. More
 *     keeps the network busy while the lane works.
 * @param writeBudget bytes handed to the channel and not yet written, beyond which no further
 *     frames are made. More hides the latency of writing, but an urgent message waits behind all of
 *     it.
 * @param lowMark {@link Connection#queuedBytes} below which {@link Handler#drained} is called
 * @param maxUnreadReplies queued bytes at which a further answer closes with 1008: the peer asks
 *     but does not read
 */
public record Limits(
    int maxMessage,
    long maxUnfinished,
    int maxFrame,
    int mailbox,
    int writeBudget,
    int lowMark,
    long maxUnreadReplies) {

  public static final Limits DEFAULT =
      new Limits(64 << 20, 128 << 20, 1 << 20, 1 << 20, 512 << 10, 256 << 10, 64 << 20);

  public Limits {
    if (maxMessage <= 0
        || maxUnfinished < maxMessage
        || maxFrame <= 0
        || mailbox <= 0
        || writeBudget <= 0
        || lowMark <= 0
        || maxUnreadReplies <= 0) {
      throw new IllegalArgumentException("limits must be positive, maxUnfinished >= maxMessage");
    }
  }

  /** These limits with another largest message; room for unfinished ones is twice that. */
  public Limits withMaxMessage(int bytes) {
    return new Limits(bytes, 2L * bytes, maxFrame, mailbox, writeBudget, lowMark, maxUnreadReplies);
  }
}
