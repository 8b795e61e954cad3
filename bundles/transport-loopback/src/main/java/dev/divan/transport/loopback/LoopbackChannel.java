// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.PeerFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end. Frames sent go straight into the other end's inbox; each end has one pump, a task of the
 * timeline that runs at most once at a time and makes all calls to its owner, without the lock.
 */
final class LoopbackChannel implements Channel {
  /**
   * Bytes on the way before {@code written} has to wait: a socket's buffers, about. Smaller means
   * tighter memory, larger fewer hand-overs.
   */
  static final int WINDOW = 256 * 1024;

  /** As on a network, where the echo of a close may never come. */
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** A frame under way, or with {@code end} set, the close behind the frames. */
  private record Parcel(byte[] frame, @Nullable Closure end) {}

  /** Runs when the other end has taken all but a window of what was sent until then. */
  private record Waiting(long sent, Runnable written) {}

  private static final byte[] NOTHING = {};

  private final Wire wire;
  private final String protocol;
  private final String remote;
  private final Consumer<LoopbackChannel> gone;
  private final Deque<Parcel> inbox = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Deque<Runnable> due = new ArrayDeque<>();
  private @Nullable LoopbackChannel other;
  private @Nullable Receiver receiver;
  private long sent;
  private long taken;
  private int arrived;
  private boolean paused;
  private boolean pumping;
  private boolean told;
  private @Nullable Closure ours;
  private @Nullable Closure ended;
  private Duration lastArrival = Duration.ZERO;

  private LoopbackChannel(
      Wire wire, String protocol, String remote, Consumer<LoopbackChannel> gone) {
    this.wire = wire;
    this.protocol = protocol;
    this.remote = remote;
    this.gone = gone;
  }

  /** Makes both ends; the first belongs to the one who dialed. */
  static List<LoopbackChannel> pair(
      Wire wire,
      String protocol,
      String acceptorName,
      String dialerName,
      Consumer<LoopbackChannel> gone) {
    LoopbackChannel dialed = new LoopbackChannel(wire, protocol, acceptorName, gone);
    LoopbackChannel accepted = new LoopbackChannel(wire, protocol, dialerName, gone);
    dialed.other = accepted;
    accepted.other = dialed;
    return List.of(dialed, accepted);
  }

  @Override
  public String protocol() {
    return protocol;
  }

  @Override
  public String remote() {
    return remote;
  }

  @Override
  public PeerFacts peer() {
    return new PeerFacts(null, List.of());
  }

  @Override
  public boolean metered() {
    return false;
  }

  @Override
  public void start(Receiver owner) {
    synchronized (wire) {
      if (receiver != null) {
        throw new IllegalStateException("the channel was started before");
      }
      receiver = owner;
      wake();
    }
  }

  @Override
  public void resume() {
    synchronized (wire) {
      paused = false;
      wake();
    }
  }

  @Override
  public void send(List<byte[]> frames, Runnable written) {
    synchronized (wire) {
      for (byte[] frame : frames) {
        if (ours != null || ended != null) {
          break;
        }
        if (wire.carries()) {
          sent += frame.length;
          otherEnd().post(new Parcel(frame, null));
        } else {
          cut();
        }
      }
      waiting.add(new Waiting(sent, written));
      release();
      wake();
    }
  }

  @Override
  public void close(int code, String reason) {
    synchronized (wire) {
      if (ours != null || ended != null) {
        return;
      }
      ours = new Closure(code, reason, false, null);
      otherEnd().post(new Parcel(NOTHING, ours));
      wake();
      wire.timeline.after(CLOSE_TIMEOUT, this::giveUp);
    }
  }

  private void giveUp() {
    synchronized (wire) {
      if (ended == null) {
        lose(new IOException("the peer did not answer the close within 5 s"));
        otherEnd().lose(new IOException("the peer went away"));
      }
    }
  }

  @Override
  public void abort() {
    synchronized (wire) {
      lose(null);
      LoopbackChannel peer = otherEnd();
      Runnable news =
          () -> {
            synchronized (wire) {
              peer.lose(new IOException("the peer went away"));
            }
          };
      wire.timeline.after(wire.latency(), news);
    }
  }

  LoopbackChannel otherEnd() {
    LoopbackChannel peer = other;
    if (peer == null) {
      throw new IllegalStateException("an end without its other end");
    }
    return peer;
  }

  /** The impairment's break: neither end sees a close. */
  private void cut() {
    lose(new IOException("the connection broke"));
    otherEnd().lose(new IOException("the connection broke"));
  }

  private void lose(@Nullable Throwable cause) {
    if (ended == null) {
      end(new Closure(Closure.ABNORMAL, "", false, cause));
      inbox.clear();
      arrived = 0;
    }
  }

  private void end(Closure closure) {
    ended = closure;
    release();
    wake();
  }

  private void post(Parcel parcel) {
    if (ended != null) {
      return;
    }
    inbox.add(parcel);
    if (!wire.slow()) {
      arrived++;
      wake();
      return;
    }
    // A frame never arrives before the one ahead of it, so the n-th arrival is the n-th frame.
    Duration journey = wire.journey();
    Duration now = wire.timeline.now();
    Duration arrival = now.plus(journey);
    if (arrival.compareTo(lastArrival) < 0) {
      arrival = lastArrival;
    }
    lastArrival = arrival;
    wire.timeline.after(
        arrival.minus(now),
        () -> {
          synchronized (wire) {
            arrived++;
            wake();
          }
        });
  }

  /** Lets those run whose frames are out, or never will be. */
  private void release() {
    while (!waiting.isEmpty()
        && (ended != null || waiting.peek().sent() - otherEnd().taken <= WINDOW)) {
      due.add(waiting.poll().written());
    }
  }

  private void wake() {
    if (!pumping) {
      pumping = true;
      wire.timeline.after(Duration.ZERO, this::pump);
    }
  }

  private void pump() {
    while (true) {
      Runnable turn;
      synchronized (wire) {
        turn = next();
        if (turn == null) {
          pumping = false;
          return;
        }
      }
      try {
        turn.run();
      } catch (RuntimeException e) {
        synchronized (wire) {
          lose(e);
          otherEnd().lose(new IOException("the peer went away"));
        }
      }
    }
  }

  private @Nullable Runnable next() {
    if (!due.isEmpty()) {
      return due.poll();
    }
    Receiver owner = receiver;
    if (owner == null || told) {
      return null;
    }
    // After our close only the answer counts; frames that come before it are dropped.
    while (ended == null && (!paused || ours != null) && arrived > 0) {
      arrived--;
      Parcel parcel = inbox.remove();
      if (parcel.end() != null) {
        closedByPeer(parcel.end());
      } else if (ours == null) {
        return frame(owner, parcel.frame());
      } else {
        count(parcel.frame());
      }
    }
    Closure closure = ended;
    if (closure == null) {
      return null;
    }
    told = true;
    return () -> {
      gone.accept(this);
      owner.closed(closure);
    };
  }

  private void count(byte[] frame) {
    taken += frame.length;
    otherEnd().release();
    otherEnd().wake();
  }

  private Runnable frame(Receiver owner, byte[] frame) {
    count(frame);
    // Paused before the call, so that a resume() during it is not lost.
    paused = true;
    return () -> {
      if (owner.received(frame)) {
        synchronized (wire) {
          paused = false;
        }
      }
    };
  }

  private void closedByPeer(Closure theirs) {
    if (ours != null) {
      end(ours);
      return;
    }
    Closure closure = new Closure(theirs.code(), theirs.reason(), true, null);
    otherEnd().post(new Parcel(NOTHING, closure));
    end(closure);
  }
}
