// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As much WebSocket as one question needs. For one thread. */
final class Frames {
  /** Bytes of a message that is read. */
  private static final int LONGEST = 1 << 20;

  /** Pings and other messages that are passed over before the answer. */
  private static final int MOST = 100;

  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final DataInputStream in;
  private final OutputStream out;

  Frames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  void send(byte[] message) throws IOException {
    write(BINARY, message);
  }

  /** Says good-bye; does not wait for the answer. */
  void close() throws IOException {
    write(CLOSE, new byte[] {3, (byte) 0xe8});
  }

  /** A client masks; the mask need not be random, since no script chooses what is sent. */
  private void write(int kind, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x80 | kind);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(0x80 | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  /**
   * The next binary message; pings are answered meanwhile.
   *
   * @throws Closed if the peer closes instead
   */
  byte[] receive() throws IOException {
    for (int i = 0; i < MOST; i++) {
      int first = in.readUnsignedByte();
      byte[] payload = in.readNBytes(length());
      switch (first & 0x0f) {
        case BINARY -> {
          if ((first & 0x80) == 0) throw new IOException("its answer comes in fragments");
          return payload;
        }
        case CLOSE -> throw Closed.of(payload);
        case PING -> write(PONG, payload);
        default -> {}
      }
    }
    throw new IOException("it does not come to the point");
  }

  private int length() throws IOException {
    int second = in.readUnsignedByte();
    if ((second & 0x80) != 0) throw new IOException("it masks its frames, as only clients do");
    long length = second;
    if (second == 126) length = in.readUnsignedShort();
    else if (second == 127) length = in.readLong();
    if (length < 0 || length > LONGEST) throw new IOException("its answer is too long");
    return (int) length;
  }

  /** The peer has closed the WebSocket. */
  static final class Closed extends EOFException {
    private static final long serialVersionUID = 1L;

    private Closed(String message) {
      super(message);
    }

    private static Closed of(byte[] payload) {
      if (payload.length < 2) return new Closed("it closed the connection, without a code");
      int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
      String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
      return new Closed(
          "it closed the connection with code " + code + (reason.isEmpty() ? "" : ", " + reason));
    }
  }
}
