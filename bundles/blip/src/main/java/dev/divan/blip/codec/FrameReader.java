// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import dev.divan.transport.Closure;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one direction of one connection, in the order they arrived. {@link #open} a
 * frame; unless it is an ACK or of an {@link #unknown} type, call {@link #next} until {@link
 * #last}, each time taking the run of bytes it found.
 */
public final class FrameReader implements AutoCloseable {
  /** Length of the checksum at the end of a frame. */
  public static final int CRC_LENGTH = 4;

  private static final byte[] NOTHING = {};

  private final CRC32 crc = new CRC32();
  private @Nullable Inflation inflation;
  private byte[] frame = NOTHING;
  private int payload;
  private int end;
  private long number;
  private int flags;
  private boolean inflating;
  private int expected;
  private byte[] bytes = NOTHING;
  private int from;
  private int length;
  private boolean last;

  /** Reads the header. The array is the reader's from here on and may be written to. */
  public void open(byte[] arrived) throws Violation {
    frame = arrived;
    int n = Varint.length(arrived, 0, arrived.length);
    number = Varint.value(arrived, 0, n);
    int f = Varint.length(arrived, n, arrived.length);
    flags = (int) Varint.value(arrived, n, f) & 0x7f;
    payload = n + f;
    end = arrived.length - CRC_LENGTH;
    inflating = false;
    last = false;
  }

  public long number() {
    return number;
  }

  public int flags() {
    return flags;
  }

  public int type() {
    return flags & Flags.TYPE;
  }

  public boolean moreComing() {
    return (flags & Flags.MORE_COMING) != 0;
  }

  public boolean ack() {
    return type() == Flags.ACKMSG || type() == Flags.ACKRPY;
  }

  /** Whether the frame has to be ignored; its bytes then do not count for the checksum. */
  public boolean unknown() {
    return type() == 3 || type() > Flags.ACKRPY;
  }

  /** Bytes that count for flow control: what follows the header. */
  public int wireBytes() {
    return frame.length - payload;
  }

  /** The total in an ACK frame. */
  public long acknowledged() throws Violation {
    return Varint.value(frame, payload, Varint.length(frame, payload, frame.length));
  }

  /** Finds the next run of payload bytes, which may be empty. */
  public void next() throws Violation {
    if (inflating) {
      inflate(inflation());
    } else if (payload > end) {
      throw new Violation(Closure.UNEXPECTED, "frame without checksum");
    } else if ((flags & Flags.COMPRESSED) == 0 || payload == end) {
      bytes = frame;
      from = payload;
      length = end - payload;
      last = true;
      crc.update(frame, payload, length);
      verify(checksum());
    } else {
      beginInflating(inflation());
    }
  }

  /** Whether the run just found ends the frame; its checksum is then proven right. */
  public boolean last() {
    return last;
  }

  /** Where the run is; valid until the next call of {@link #next} or {@link #open}. */
  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int length() {
    return length;
  }

  /** Whether {@link #bytes} is the frame itself, which nobody will write to any more. */
  public boolean lasting() {
    return bytes == frame && !inflating;
  }

  /** The checksum after the frames read so far. */
  public int crc() {
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    if (inflation != null) {
      inflation.close();
      inflation = null;
    }
  }

  private void beginInflating(Inflation context) throws Violation {
    expected = checksum();
    inflating = true;
    // The four bytes the sender cut off go where the checksum was: no copy of the payload.
    System.arraycopy(Inflation.TRAILER, 0, frame, end, Inflation.TRAILER.length);
    context.begin(frame, payload, end + Inflation.TRAILER.length - payload);
    inflate(context);
  }

  private void inflate(Inflation context) throws Violation {
    bytes = context.buffer();
    from = 0;
    length = context.next();
    crc.update(bytes, 0, length);
    last = length < bytes.length;
    if (last) {
      context.finished();
      verify(expected);
    }
  }

  private int checksum() {
    return (frame[end] & 0xff) << 24
        | (frame[end + 1] & 0xff) << 16
        | (frame[end + 2] & 0xff) << 8
        | frame[end + 3] & 0xff;
  }

  private void verify(int told) throws Violation {
    if (told != (int) crc.getValue()) {
      throw new Violation(Closure.UNEXPECTED, "checksum mismatch");
    }
  }

  private Inflation inflation() {
    Inflation context = inflation;
    if (context == null) {
      context = new Inflation();
      inflation = context;
    }
    return context;
  }
}
