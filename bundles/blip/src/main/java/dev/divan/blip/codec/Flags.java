// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

/** The bits of a frame's second varint. */
public final class Flags {
  /** Mask of the frame type. */
  public static final int TYPE = 0x07;

  public static final int MSG = 0;
  public static final int RPY = 1;
  public static final int ERR = 2;
  public static final int ACKMSG = 4;
  public static final int ACKRPY = 5;

  /** This frame's payload is deflated. */
  public static final int COMPRESSED = 0x08;

  public static final int URGENT = 0x10;
  public static final int NO_REPLY = 0x20;

  /** Further frames of this message follow. */
  public static final int MORE_COMING = 0x40;

  private Flags() {}
}
