// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.keys;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes and reads the parts of keys and records by hand, in arrays of the right size. */
public final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int at;

  public Bytes(int size) {
    this(new byte[size], 0);
  }

  public Bytes(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Bytes a number takes in groups of 7 bits, low ones first. */
  public static int sizeOf(long number) {
    return number == 0 ? 1 : (70 - Long.numberOfLeadingZeros(number)) / 7;
  }

  public Bytes one(int value) {
    bytes[at++] = (byte) value;
    return this;
  }

  /** A number as long as it needs. */
  public Bytes number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return this;
  }

  /** Eight bytes, high ones first: sorts as unsigned. */
  public Bytes eight(long value) {
    LONG.set(bytes, at, value);
    at += 8;
    return this;
  }

  public Bytes uuid(UUID value) {
    return eight(value.getMostSignificantBits()).eight(value.getLeastSignificantBits());
  }

  public Bytes all(byte[] value) {
    System.arraycopy(value, 0, bytes, at, value.length);
    at += value.length;
    return this;
  }

  /** What was written. */
  public byte[] done() {
    if (at != bytes.length) {
      throw new IllegalStateException("wrote " + at + " of " + bytes.length + " bytes");
    }
    return bytes;
  }

  public int readOne() {
    return bytes[at++] & 0xff;
  }

  public long readNumber() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
      if (shift > 56) {
        throw new IllegalArgumentException("a number too long");
      }
    }
  }

  public long readEight() {
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  public UUID readUuid() {
    return new UUID(readEight(), readEight());
  }

  public byte[] read(int length) {
    if (length > bytes.length - at) {
      throw new IllegalArgumentException("bytes are missing");
    }
    byte[] part = new byte[length];
    System.arraycopy(bytes, at, part, 0, length);
    at += length;
    return part;
  }

  public void skip(long length) {
    at = Math.toIntExact(at + length);
  }

  /** The rest as text. */
  public String readText() {
    String text = new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
    at = bytes.length;
    return text;
  }

  public byte[] readRest() {
    return read(bytes.length - at);
  }

  public int at() {
    return at;
  }
}
