// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Violation;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hands frames to the channel, once a turn and not more than it can write soon. Frames are made as
 * late as that, so that an urgent message finds few before it.
 */
final class Outlet {
  /** Most bytes handed to the channel in one call; enough to fill a socket's buffer. */
  private static final int GATHER = 256 * 1024;

  private final Channel channel;
  private final Lane lane;
  private final Limits limits;
  private final Sending sending;
  private final FrameLog log;
  private final Handler handler;
  private final Consumer<Violation> broken;
  private final Runnable flush = this::flush;

  // Accepted and not yet written; of it, handed to the channel.
  private final AtomicLong queued = new AtomicLong();
  private final AtomicLong unwritten = new AtomicLong();
  // Whether the lane wants to know when something has been written.
  private volatile boolean waiting;

  // Only on the lane.
  private boolean due;
  private boolean aboveLowMark;
  private boolean ended;

  /**
   * @param broken told on the lane when no further frame can be made
   */
  Outlet(
      Channel channel,
      Lane lane,
      Limits limits,
      Sending sending,
      FrameLog log,
      Handler handler,
      Consumer<Violation> broken) {
    this.channel = channel;
    this.lane = lane;
    this.limits = limits;
    this.sending = sending;
    this.log = log;
    this.handler = handler;
    this.broken = broken;
  }

  /** Counts bytes that wait, or no longer do. From any thread. */
  void count(int bytes) {
    queued.addAndGet(bytes);
  }

  /** From any thread. */
  long queued() {
    return Math.max(0, queued.get());
  }

  /** Flushes at the end of the turn. */
  void flushLater() {
    if (!due) {
      due = true;
      lane.atEndOfTurn(flush);
    }
  }

  /** Makes frames while the channel takes them. */
  void flush() {
    due = false;
    aboveLowMark |= queued.get() >= limits.lowMark();
    log.refresh();
    while (!ended && mayGather()) {
      List<byte[]> frames = new ArrayList<>();
      int bytes;
      try {
        bytes = sending.gather(frames, room());
      } catch (Violation e) {
        broken.accept(e);
        return;
      } catch (RuntimeException e) {
        Telling.LOG.error("a frame could not be made", e);
        broken.accept(new Violation(Closure.UNEXPECTED, "unexpected exception"));
        return;
      }
      queued.addAndGet(bytes - sending.taken());
      if (bytes > 0) {
        unwritten.addAndGet(bytes);
        channel.send(frames, () -> written(bytes));
        sending.tellSent();
      }
    }
    drained();
  }

  /** Nothing waits any more. */
  void end() {
    ended = true;
    queued.set(0);
  }

  /** Whether there is something to send and the channel may be given it; ACKs always may. */
  private boolean mayGather() {
    if (!sending.pending(true)) {
      return false;
    }
    if (room() > 0 || sending.pending(false)) {
      return true;
    }
    waiting = true;
    // It may have been written just before.
    return room() > 0;
  }

  private int room() {
    return (int) Math.min(GATHER, limits.writeBudget() - unwritten.get());
  }

  private void drained() {
    if (aboveLowMark && !ended) {
      waiting = true;
      if (queued.get() < limits.lowMark()) {
        aboveLowMark = false;
        handler.drained();
      }
    }
  }

  /** On a thread of the channel. */
  private void written(int bytes) {
    unwritten.addAndGet(-bytes);
    queued.addAndGet(-bytes);
    if (waiting) {
      waiting = false;
      lane.execute(flush);
    }
  }
}
