// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.FrameWriter;
import dev.divan.blip.codec.Violation;
import dev.divan.blip.flow.AckQueue;
import dev.divan.blip.flow.LongTable;
import dev.divan.blip.flow.SendQueue;
import dev.divan.transport.Closure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns messages into frames. Confined to the lane. */
final class Sending {
  /** Frame size of a normal message while an urgent one waits behind it. */
  private static final int SMALL_FRAME = 4096;

  private final Framing framing = new Framing();
  private final FrameLog log;
  private final SendQueue<Departure> queue = new SendQueue<>();
  private final AckQueue acks = new AckQueue();
  // Begun, and of more than one frame.
  private final LongTable<Departure> open = new LongTable<>();
  // Not in the queue because their source has nothing for now.
  private final List<Departure> parked = new ArrayList<>();
  private final LongTable<Replies> awaited = new LongTable<>();
  private final List<Runnable> sent = new ArrayList<>();
  private long lastRequest;
  private int taken;

  Sending(FrameLog log) {
    this.log = log;
  }

  void add(Departure message) {
    queue.add(message);
  }

  /** Puts a parked message back, whose source has something again. */
  void ready(Departure message) {
    if (parked.remove(message)) {
      queue.add(message);
    }
  }

  /** Whether there is anything to gather; ACKs alone if {@code messages} is false. */
  boolean pending(boolean messages) {
    return !acks.isEmpty() || messages && !queue.isEmpty();
  }

  void acknowledge(long number, boolean response, long total, boolean complete) {
    acks.add(new AckQueue.Ack(number, response, total), complete);
  }

  /** The peer has told how much of a message has arrived. */
  void acknowledged(long number, boolean response, long total) {
    Departure message = open.get(key(number, response));
    if (message != null) {
      message.acknowledged(total);
      if (message.stalled && message.windowOpen()) {
        message.stalled = false;
        queue.add(message);
      }
    }
  }

  /** Who awaits the answer with that number; null if nobody. */
  @Nullable Replies awaiting(long number) {
    return awaited.get(number);
  }

  /** The answer has begun to arrive and will be accepted only once. */
  void answered(long number) {
    awaited.remove(number);
  }

  /**
   * Adds frames: all ACKs owed, then a frame each of the messages in turn until {@code room} is
   * used.
   *
   * @return the bytes added
   */
  int gather(List<byte[]> frames, int room) throws Violation {
    int bytes = 0;
    if (!acks.isEmpty()) {
      for (AckQueue.Ack ack : acks.take()) {
        byte[] frame = FrameWriter.ack(ack.number(), ack.response(), ack.total());
        log(ack.number(), frame);
        frames.add(frame);
        bytes += frame.length;
      }
    }
    while (bytes < room) {
      Departure message = queue.poll();
      if (message == null) {
        break;
      }
      byte[] frame = frame(message);
      if (frame != null) {
        frames.add(frame);
        bytes += frame.length;
      }
    }
    return bytes;
  }

  /** How many bytes of messages held in memory have gone into frames since the last call. */
  int taken() {
    int n = taken;
    taken = 0;
    return n;
  }

  /** Tells those whose last frame has been handed to the channel. */
  void tellSent() {
    for (int i = 0; i < sent.size(); i++) {
      Telling.run(sent.get(i));
    }
    sent.clear();
  }

  /** Ends everything: nobody waits any longer. */
  void end(BlipError error) {
    for (Replies replies : awaited.clear()) {
      Telling.failed(replies, error);
    }
    List<Departure> rest = new ArrayList<>(open.clear());
    for (Departure message : parked) {
      abandon(message, error, rest.contains(message));
    }
    Departure queued;
    while ((queued = queue.poll()) != null) {
      abandon(queued, error, rest.contains(queued));
    }
    for (Departure message : rest) {
      message.close();
    }
    parked.clear();
    framing.close();
  }

  /** Tells a message's sender that it will not be sent. */
  static void refuse(Departure message, BlipError error) {
    abandon(message, error, false);
  }

  private static void abandon(Departure message, BlipError error, boolean begun) {
    if (!begun) {
      message.close();
      if (message.request() && !message.noReply()) {
        Telling.failed(message.replies, error);
      }
    }
  }

  /** The next frame of a message, which then takes its place again; null if it has none. */
  private byte @Nullable [] frame(Departure message) throws Violation {
    int limit = !message.urgent() && queue.urgentNext() ? SMALL_FRAME : FrameWriter.MAX_FRAME;
    boolean first = !message.started();
    long number = message.number() == 0 ? lastRequest + 1 : message.number();
    int before = message.held();
    byte[] frame;
    try {
      frame = framing.next(message, number, limit);
    } catch (IOException e) {
      taken += before;
      fail(message, e);
      return null;
    }
    taken += before - message.held();
    if (frame == null) {
      parked.add(message);
      return null;
    }
    if (first && message.request()) {
      begin(message, number);
    }
    log(number, frame);
    message.sent(frame.length - FrameWriter.headerSize(number));
    again(message, first);
    return frame;
  }

  private void begin(Departure request, long number) {
    lastRequest = number;
    request.number(number);
    if (!request.noReply()) {
      awaited.put(number, request.replies == null ? Telling.NOBODY : request.replies);
    }
  }

  private void again(Departure message, boolean first) {
    if (message.done()) {
      if (!first) {
        open.remove(key(message.number(), !message.request()));
      }
      message.close();
      if (message.whenSent != null) {
        sent.add(message.whenSent);
      }
      return;
    }
    if (first) {
      open.put(key(message.number(), !message.request()), message);
    }
    if (message.windowOpen()) {
      queue.add(message);
    } else {
      message.stalled = true;
    }
  }

  private void fail(Departure message, IOException cause) throws Violation {
    Telling.LOG.warn("the body of a message could not be read", cause);
    if (message.started()) {
      throw new Violation(Closure.UNEXPECTED, "body could not be read");
    }
    message.close();
    if (!message.request()) {
      Departure error = message.asError(BlipError.unexpected());
      taken -= error.held();
      queue.add(error);
    } else if (!message.noReply()) {
      Telling.failed(message.replies, BlipError.unexpected());
    }
  }

  private void log(long number, byte[] frame) {
    log.sent(number, frame[FrameWriter.headerSize(number) - 1], frame.length);
  }

  /** Requests and responses are numbered apart. */
  static long key(long number, boolean response) {
    return number << 1 | (response ? 1 : 0);
  }
}
