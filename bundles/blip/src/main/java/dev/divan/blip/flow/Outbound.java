// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.flow;

import org.jspecify.annotations.Nullable;

/** A message on its way out, as far as order and windows go. */
public abstract class Outbound {
  /** Unacknowledged bytes at which a message has to wait. */
  public static final int WINDOW = 128_000;

  final boolean urgent;
  @Nullable Outbound before;
  @Nullable Outbound behind;
  private long sent;
  private long acknowledged;

  protected Outbound(boolean urgent) {
    this.urgent = urgent;
  }

  public final boolean urgent() {
    return urgent;
  }

  /** Whether its first frame has left. */
  public final boolean started() {
    return sent > 0;
  }

  /** Counts a frame: what follows its header. */
  public final void sent(int wireBytes) {
    sent += wireBytes;
  }

  /** Takes the receiver's total; one that is too high or already known means nothing. */
  public final void acknowledged(long total) {
    if (total > acknowledged && total <= sent) {
      acknowledged = total;
    }
  }

  /** Whether the next frame may go. */
  public final boolean windowOpen() {
    return sent - acknowledged < WINDOW;
  }
}
