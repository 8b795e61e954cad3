// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Hands frames from the channel's thread to the lane, at most so many bytes at a time. */
final class Mailbox implements Channel.Receiver {
  private final int limit;
  private final Lane lane;
  private final Runnable drain;
  private final Channel channel;
  // Guarded by itself, as is all below.
  private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
  private long bytes;
  private int taken;
  private boolean scheduled;
  private boolean refused;
  private @Nullable Closure closure;

  /**
   * @param drain run on the lane when something has come; it calls {@link #take} until that finds
   *     nothing, or runs again later by itself
   */
  Mailbox(int limit, Lane lane, Channel channel, Runnable drain) {
    this.limit = limit;
    this.lane = lane;
    this.channel = channel;
    this.drain = drain;
  }

  @Override
  public boolean received(byte[] frame) {
    boolean more;
    boolean wake;
    synchronized (frames) {
      frames.add(frame);
      bytes += frame.length;
      more = bytes < limit;
      refused = !more;
      wake = !scheduled;
      scheduled = true;
    }
    if (wake) {
      lane.execute(drain);
    }
    return more;
  }

  @Override
  public void closed(Closure how) {
    synchronized (frames) {
      closure = how;
      scheduled = true;
    }
    // Also if scheduled before: the reader may have paused.
    lane.execute(drain);
  }

  /**
   * Takes frames into the batch and gives back the room of those taken before.
   *
   * @return how many; 0 if there are none, and then the next one will run {@code drain} again
   */
  int take(byte[][] batch) {
    int n = 0;
    boolean resume;
    synchronized (frames) {
      bytes -= taken;
      taken = 0;
      byte[] frame;
      while (n < batch.length && (frame = frames.poll()) != null) {
        batch[n++] = frame;
        taken += frame.length;
      }
      scheduled = n > 0;
      resume = refused && bytes < limit / 2;
      if (resume) {
        refused = false;
      }
    }
    if (resume) {
      channel.resume();
    }
    return n;
  }

  /**
   * How the channel ended, once every frame has been taken.
   *
   * @param anyway whether frames not taken do not matter
   */
  @Nullable Closure end(boolean anyway) {
    synchronized (frames) {
      return anyway || frames.isEmpty() && taken == 0 ? closure : null;
    }
  }
}
