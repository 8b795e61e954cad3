// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Flags;
import dev.divan.blip.codec.FrameWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the next frame of a message, in the way that suits it. Confined to the lane. */
final class Framing implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final FrameWriter writer = new FrameWriter();
  private byte[] scratch = NOTHING;

  /**
   * @return null if the message has no bytes for now
   * @throws IOException if its body cannot be read
   */
  byte @Nullable [] next(Departure message, long number, int limit) throws IOException {
    return message.level() > 0 || message.streamed()
        ? copied(message, number, limit)
        : direct(message, number, limit);
  }

  @Override
  public void close() {
    writer.close();
  }

  /** Straight from the message into the frame. */
  private byte[] direct(Departure message, long number, int limit) throws IOException {
    int n = Math.min(message.remaining(), FrameWriter.room(number, limit));
    boolean more = n < message.remaining();
    byte[] frame = FrameWriter.open(number, message.flags() | (more ? Flags.MORE_COMING : 0), n);
    message.take(frame, FrameWriter.headerSize(number), n);
    return writer.seal(frame, number);
  }

  /** By way of a buffer: for what is compressed, and for bodies of unknown length. */
  private byte @Nullable [] copied(Departure message, long number, int limit) throws IOException {
    if (scratch.length == 0) {
      scratch = new byte[FrameWriter.MAX_FRAME];
    }
    int level = message.level();
    int room = level > 0 ? limit - FrameWriter.COMPRESSION_MARGIN : FrameWriter.room(number, limit);
    int n = message.take(scratch, 0, room);
    boolean done = message.done();
    if (n == 0 && !done) {
      return null;
    }
    int flags = message.flags() | (done ? 0 : Flags.MORE_COMING);
    if (level > 0 && n > 0) {
      byte[] frame = writer.compressed(number, flags, scratch, n, level);
      if (frame.length > n - n / 16) {
        message.giveUpCompressing();
      }
      return frame;
    }
    byte[] frame = FrameWriter.open(number, flags, n);
    System.arraycopy(scratch, 0, frame, FrameWriter.headerSize(number), n);
    return writer.seal(frame, number);
  }
}
