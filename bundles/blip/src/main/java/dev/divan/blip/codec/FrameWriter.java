// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of one direction of one connection, in the order they leave. Each frame is one
 * array of exactly its size.
 */
public final class FrameWriter implements AutoCloseable {
  /** No frame is longer, header and checksum included: some peers refuse more. */
  public static final int MAX_FRAME = 16_384;

  /**
   * What a compressed frame may be longer than its contents, and the longest header. The contents
   * of a compressed frame are at most the frame size less this.
   */
  public static final int COMPRESSION_MARGIN = 384;

  private final CRC32 crc = new CRC32();
  private @Nullable Deflation deflation;

  /** Bytes in front of the payload. */
  public static int headerSize(long number) {
    return Varint.size(number) + 1;
  }

  /** How much payload fits into an uncompressed frame of at most {@code frame} bytes. */
  public static int room(long number, int frame) {
    return frame - headerSize(number) - FrameReader.CRC_LENGTH;
  }

  /**
   * Begins an uncompressed frame: an array with the header written and room for the payload, which
   * the caller writes from {@link #headerSize} on before {@link #seal}.
   */
  public static byte[] open(long number, int flags, int payload) {
    byte[] frame = new byte[headerSize(number) + payload + FrameReader.CRC_LENGTH];
    header(frame, number, flags & ~Flags.COMPRESSED);
    return frame;
  }

  /** Ends the frame begun last. */
  public byte[] seal(byte[] frame, long number) {
    int start = headerSize(number);
    crc.update(frame, start, frame.length - start - FrameReader.CRC_LENGTH);
    return checksum(frame);
  }

  /**
   * A frame with deflated contents. Its size depends on the contents: they must not be empty, which
   * peers take for an error, and not longer than the frame may be less {@link #COMPRESSION_MARGIN}.
   */
  public byte[] compressed(long number, int flags, byte[] plain, int length, int level) {
    if (length <= 0 || length > MAX_FRAME - COMPRESSION_MARGIN) {
      throw new IllegalArgumentException("cannot compress " + length + " bytes into one frame");
    }
    Deflation context = deflation;
    if (context == null) {
      context = new Deflation(level);
      deflation = context;
    }
    int deflated = context.deflate(plain, length, level);
    byte[] frame = new byte[headerSize(number) + deflated + FrameReader.CRC_LENGTH];
    int start = header(frame, number, flags | Flags.COMPRESSED);
    System.arraycopy(context.buffer(), 0, frame, start, deflated);
    crc.update(plain, 0, length);
    return checksum(frame);
  }

  /** An ACK frame: neither checksummed nor counted in the checksum. */
  public static byte[] ack(long number, boolean response, long total) {
    byte[] frame = new byte[headerSize(number) + Varint.size(total)];
    int type = response ? Flags.ACKRPY : Flags.ACKMSG;
    int at = header(frame, number, type | Flags.URGENT | Flags.NO_REPLY);
    Varint.put(frame, at, total);
    return frame;
  }

  @Override
  public void close() {
    if (deflation != null) {
      deflation.close();
      deflation = null;
    }
  }

  private static int header(byte[] frame, long number, int flags) {
    int at = Varint.put(frame, 0, number);
    frame[at] = (byte) flags;
    return at + 1;
  }

  private byte[] checksum(byte[] frame) {
    int value = (int) crc.getValue();
    int end = frame.length - FrameReader.CRC_LENGTH;
    frame[end] = (byte) (value >>> 24);
    frame[end + 1] = (byte) (value >>> 16);
    frame[end + 2] = (byte) (value >>> 8);
    frame[end + 3] = (byte) value;
    return frame;
  }
}
