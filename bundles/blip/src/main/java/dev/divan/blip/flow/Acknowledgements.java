// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.flow;

/** What the receiver of one message owes its sender. */
public final class Acknowledgements {
  /** Bytes after which the sender hears how far the message has come. */
  public static final int INTERVAL = 50_000;

  private long received;
  private long told;

  /** Counts a frame: what follows its header. Returns whether an acknowledgement is due. */
  public boolean received(int wireBytes) {
    received += wireBytes;
    return received - told >= INTERVAL;
  }

  /** The total to tell now. */
  public long tell() {
    told = received;
    return received;
  }
}
