// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.channel;

import dev.divan.transport.Channel.Receiver;
import dev.divan.transport.Closure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between the socket and the receiver: calls the receiver from one thread at a time, holds frames
 * while it does not want any, and tells the end once and last.
 */
final class Inbox {
  /**
   * Bytes held for a receiver that said stop before the socket is no longer read. While it is read,
   * pings are answered and the peer's end is noticed; beyond it, TCP holds the peer back.
   */
  static final int PARKED = 64 * 1024;

  private final Executor executor;
  private final Runnable readOn;
  private final Consumer<RuntimeException> broken;
  private final Deque<byte[]> parked = new ArrayDeque<>();
  private long parkedBytes;
  private @Nullable Receiver receiver;
  private boolean paused;
  private boolean busy;
  private boolean told;
  private boolean withheld;
  private boolean discarding;
  private @Nullable Closure end;

  /**
   * @param executor for calls to the receiver that no arrival brings about
   * @param readOn asks the socket for the next frame
   * @param broken told when the receiver threw
   */
  Inbox(Executor executor, Runnable readOn, Consumer<RuntimeException> broken) {
    this.executor = executor;
    this.readOn = readOn;
    this.broken = broken;
  }

  void start(Receiver owner) {
    synchronized (this) {
      if (receiver != null) {
        throw new IllegalStateException("the channel was started before");
      }
      receiver = owner;
    }
    executor.execute(this::deliver);
  }

  void resume() {
    synchronized (this) {
      if (!paused) {
        return;
      }
      paused = false;
    }
    executor.execute(this::deliver);
  }

  /** The receiver wants no more frames at all, only the end: drops what is parked and reads on. */
  void discard() {
    boolean more;
    synchronized (this) {
      discarding = true;
      parked.clear();
      parkedBytes = 0;
      more = withheld;
      withheld = false;
    }
    if (more) {
      readOn.run();
    }
  }

  /** A frame came; asks for the next one now or when there is room again. */
  void arrived(byte[] frame) {
    synchronized (this) {
      if (end == null && !discarding) {
        parked.add(frame);
        parkedBytes += frame.length;
      }
    }
    deliver();
    synchronized (this) {
      if (parkedBytes > PARKED && end == null) {
        withheld = true;
        return;
      }
    }
    readOn.run();
  }

  /** Whether the socket is not being read because the receiver does not keep up. */
  synchronized boolean withheld() {
    return withheld;
  }

  /** The end; the first one counts. What was parked is still delivered if it was a polite one. */
  void end(Closure closure) {
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = closure;
      if (closure.code() == Closure.ABNORMAL) {
        parked.clear();
        parkedBytes = 0;
      }
    }
    executor.execute(this::deliver);
  }

  /** Makes due calls on this thread, now; unless another one is at it already. */
  void deliver() {
    while (true) {
      byte[] frame;
      Closure closure = null;
      Receiver owner;
      synchronized (this) {
        owner = receiver;
        if (busy || told || owner == null) {
          return;
        }
        frame = paused ? null : parked.poll();
        if (frame != null) {
          parkedBytes -= frame.length;
          // Set before the call, so that a resume() during it is not lost.
          paused = true;
        } else if (end != null && parked.isEmpty()) {
          closure = end;
          told = true;
        } else {
          break;
        }
        busy = true;
      }
      call(owner, frame, closure);
    }
    boolean more;
    synchronized (this) {
      more = withheld && parkedBytes <= PARKED;
      withheld &= !more;
    }
    if (more) {
      readOn.run();
    }
  }

  private void call(Receiver owner, byte @Nullable [] frame, @Nullable Closure closure) {
    boolean more = true;
    try {
      if (frame != null) {
        more = owner.received(frame);
      } else if (closure != null) {
        owner.closed(closure);
      }
    } catch (RuntimeException e) {
      broken.accept(e);
    } finally {
      synchronized (this) {
        busy = false;
        if (more) {
          paused = false;
        }
      }
    }
  }
}
