// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Violation;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import org.jspecify.annotations.Nullable;

/**
 * BLIP on one channel, confined to one lane. Methods may be called from any thread; what is called
 * back is called on the lane. Messages sent during a turn of the lane leave together at its end.
 *
 * <p>Any breach of the protocol or of a limit closes the channel with a code and a constant text;
 * whoever awaits an answer then gets {@link BlipError#closed}.
 */
public final class Connection {
  /** Frames taken from the mailbox under one lock. */
  private static final int BATCH = 64;

  private static final byte[] NOTHING = {};

  /** Batches read before the lane's other tasks get their turn. */
  private static final int BATCHES = 8;

  private final Channel channel;
  private final Lane lane;
  private final Limits limits;
  private final Handler handler;
  private final Mailbox mailbox;
  private final FrameLog log;
  private final Sending sending;
  private final Outlet outlet;
  private final Receiving receiving;
  private final Runnable drain = this::drain;

  // All below only on the lane.
  private final byte[][] batch = new byte[BATCH][];
  private int batchAt;
  private int batchEnd;
  private boolean paused;
  private @Nullable Closure closing;
  private boolean released;
  private boolean closed;

  /**
   * @param lane the owner may run tasks of its own on it; other connections should have others
   */
  public Connection(Channel channel, Lane lane, Limits limits, Handler handler) {
    this.channel = channel;
    this.lane = lane;
    this.limits = limits;
    this.handler = handler;
    this.log = new FrameLog(channel.remote());
    this.mailbox = new Mailbox(limits.mailbox(), lane, channel, drain);
    this.sending = new Sending(log);
    this.outlet = new Outlet(channel, lane, limits, sending, log, handler, this::fail);
    this.receiving = new Receiving(this, limits, handler, sending, log);
  }

  /** Begins to receive. Once. */
  public void start() {
    channel.start(mailbox);
  }

  /** Sends a request; after the end of the connection, its reply handler hears so. */
  public void send(Outgoing request) {
    submit(new Departure(this, request));
  }

  /**
   * Closes: what was sent before and fits the write budget goes out, open requests are failed, and
   * {@link Handler#closed} follows when the peer has agreed or lost its time. Only the first call
   * counts.
   *
   * @param reason at most 123 bytes in UTF-8
   */
  public void close(int code, String reason) {
    lane.run(() -> closing(code, reason));
  }

  /**
   * Bytes accepted by {@link #send} and as answers that the channel has not written yet. Of a
   * streamed body only the frames made so far count, since nothing more is held.
   */
  public long queuedBytes() {
    return outlet.queued();
  }

  /**
   * Stops reading until {@link #resume}. Then neither requests nor answers nor acknowledgements
   * arrive, and the peer soon cannot send: use it shortly, when what was received cannot be kept.
   */
  public void pause() {
    lane.run(() -> paused = true);
  }

  public void resume() {
    lane.execute(
        () -> {
          paused = false;
          drain();
        });
  }

  /** The lane of this connection. */
  public Lane lane() {
    return lane;
  }

  /** The channel below, for what it knows of the peer. */
  public Channel channel() {
    return channel;
  }

  /** Takes a message from any thread. */
  void submit(Departure message) {
    outlet.count(message.held());
    if (lane.isCurrent()) {
      accept(message);
    } else {
      lane.execute(message);
    }
  }

  /** Takes a message on the lane. */
  void accept(Departure message) {
    if (closing != null || closed) {
      outlet.count(-message.held());
      Sending.refuse(message, BlipError.closed(ended()));
      return;
    }
    long bytes = outlet.queued();
    if (!message.request() && bytes > limits.maxUnreadReplies()) {
      outlet.count(-message.held());
      fail(new Violation(Closure.POLICY, "answers are not read"));
      Sending.refuse(message, BlipError.closed(ended()));
      return;
    }
    if (message.streamed()) {
      message.whenReady(() -> lane.execute(() -> ready(message)));
    }
    sending.add(message);
    outlet.flushLater();
  }

  private void ready(Departure message) {
    if (!released) {
      sending.ready(message);
      outlet.flushLater();
    }
  }

  private void drain() {
    log.refresh();
    int batches = 0;
    while (!paused || closing != null) {
      if (batchAt < batchEnd) {
        byte[] frame = batch[batchAt];
        batch[batchAt++] = NOTHING;
        receive(frame);
        continue;
      }
      if (batches++ == BATCHES) {
        lane.execute(drain);
        break;
      }
      batchAt = 0;
      batchEnd = mailbox.take(batch);
      if (batchEnd == 0) {
        break;
      }
    }
    if (sending.pending(true)) {
      outlet.flushLater();
    }
    // A pause ends with the channel: what was not read then is lost.
    Closure how = mailbox.end(paused);
    if (how != null && !closed) {
      closed(how);
    }
  }

  private void receive(byte[] frame) {
    if (closing != null) {
      return;
    }
    try {
      receiving.frame(frame);
    } catch (Violation e) {
      fail(e);
    } catch (RuntimeException e) {
      Telling.LOG.error("a frame could not be handled", e);
      fail(new Violation(Closure.UNEXPECTED, "unexpected exception"));
    }
  }

  private void fail(Violation violation) {
    Telling.LOG.warn(
        "closing {}: {} {}", channel.remote(), violation.code(), violation.getMessage());
    closing(violation.code(), violation.getMessage());
  }

  private void closing(int code, String reason) {
    if (closing == null && !closed) {
      closing = new Closure(code, reason, false, null);
      lane.atEndOfTurn(
          () -> {
            outlet.flush();
            channel.close(code, reason);
            release();
          });
      // What still arrives is dropped, a pause notwithstanding, or the close could not be read.
      lane.execute(drain);
    }
  }

  private void closed(Closure how) {
    closed = true;
    if (closing == null) {
      closing = how;
    }
    release();
    handler.closed(ended());
  }

  /** How it ended; if by us, then in our words, whatever the peer made of them. */
  private Closure ended() {
    return closing == null ? new Closure(Closure.ABNORMAL, "", false, null) : closing;
  }

  private void release() {
    if (!released) {
      released = true;
      BlipError error = BlipError.closed(ended());
      sending.end(error);
      receiving.end(error);
      outlet.end();
    }
  }
}
