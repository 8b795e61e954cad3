// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Flags;
import dev.divan.blip.codec.FrameReader;
import dev.divan.blip.codec.Head;
import dev.divan.blip.codec.Varint;
import dev.divan.blip.codec.Violation;
import dev.divan.blip.flow.Acknowledgements;
import dev.divan.blip.flow.Budget;
import dev.divan.blip.flow.LongTable;
import dev.divan.transport.Closure;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns frames into messages and hands them out. Confined to the lane. */
final class Receiving {
  private static final byte[] NOTHING = {};

  private final Connection connection;
  private final Limits limits;
  private final Handler handler;
  private final Sending sending;
  private final FrameLog log;
  private final FrameReader reader = new FrameReader();
  private final Budget budget;
  // Unfinished messages of either kind.
  private final LongTable<Arrival> open = new LongTable<>();
  private long lastRequest;

  Receiving(Connection connection, Limits limits, Handler handler, Sending sending, FrameLog log) {
    this.connection = connection;
    this.limits = limits;
    this.handler = handler;
    this.sending = sending;
    this.log = log;
    this.budget = new Budget(limits.maxUnfinished());
  }

  void frame(byte[] frame) throws Violation {
    if (frame.length > limits.maxFrame()) {
      throw new Violation(Closure.TOO_BIG, "frame too big");
    }
    reader.open(frame);
    long number = reader.number();
    log.received(number, reader.flags(), frame.length);
    if (reader.ack()) {
      sending.acknowledged(number, reader.type() == Flags.ACKRPY, reader.acknowledged());
    } else if (!reader.unknown()) {
      message(number, reader.type() != Flags.MSG);
    }
  }

  /** Ends everything: nobody waits any longer. */
  void end(BlipError error) {
    for (Arrival arrival : open.clear()) {
      arrival.abandon(error);
    }
    reader.close();
  }

  private void message(long number, boolean response) throws Violation {
    long key = Sending.key(number, response);
    Arrival arrival = open.size() == 0 ? null : open.get(key);
    Replies replies = null;
    if (arrival == null) {
      if (response) {
        replies = sending.awaiting(number);
        if (replies == null) {
          throw new Violation(Closure.UNEXPECTED, "answer to nothing");
        }
      } else if (number != lastRequest + 1) {
        throw new Violation(Closure.UNEXPECTED, "request out of order");
      } else {
        lastRequest = number;
      }
      if (!reader.moreComing()) {
        reader.next();
        if (reader.last()) {
          whole(number, replies);
          return;
        }
      }
      arrival = new Arrival(number, reader.flags(), replies, limits, budget);
      open.put(key, arrival);
      if (response) {
        sending.answered(number);
      }
      if (!reader.moreComing()) {
        arrival.take(reader.bytes(), reader.from(), reader.length());
      }
    }
    do {
      reader.next();
      arrival.take(reader.bytes(), reader.from(), reader.length());
    } while (!reader.last());
    boolean complete = !reader.moreComing();
    if (arrival.acknowledgements.received(reader.wireBytes())) {
      sending.acknowledge(number, response, arrival.acknowledgements.tell(), complete);
    }
    if (complete) {
      complete(arrival, key);
    }
  }

  /** A message in one frame, all of it in front of the reader. */
  private void whole(long number, @Nullable Replies replies) throws Violation {
    byte[] bytes = reader.bytes();
    int from = reader.from();
    int to = from + reader.length();
    if (from == to) {
      throw Head.incomplete();
    }
    int varint = Varint.length(bytes, from, to);
    int block = from + varint;
    int body = block + Head.blockLength(bytes, from, varint);
    if (body > to) {
      throw Head.incomplete();
    }
    Head.verify(bytes, block, body);
    if (to - body > limits.maxMessage()) {
      throw Arrival.tooBig();
    }
    if (reader.wireBytes() >= Acknowledgements.INTERVAL) {
      sending.acknowledge(number, replies != null, reader.wireBytes(), true);
    }
    Properties properties =
        body == block
            ? Properties.EMPTY
            : new Properties(Arrays.copyOfRange(bytes, block, body), 0, body - block);
    if (replies == null) {
      request(number, reader.flags(), properties, copy(bytes, body, to));
    } else {
      sending.answered(number);
      answer(number, replies, properties, bytes, body, to);
    }
  }

  private void answer(
      long number, Replies replies, Properties properties, byte[] bytes, int body, int to)
      throws Violation {
    if (reader.type() == Flags.ERR) {
      Telling.failed(replies, BlipError.received(properties, bytes, body, to - body));
    } else if (replies instanceof Reply reply) {
      Telling.answered(reply, properties, copy(bytes, body, to));
    } else {
      stream((ReplySink) replies, properties, bytes, body, to);
    }
  }

  private static void stream(
      ReplySink sink, Properties properties, byte[] bytes, int body, int to) {
    try {
      sink.begin(properties);
      if (to > body) {
        sink.data(bytes, body, to - body);
      }
      sink.end();
    } catch (IOException | RuntimeException | Error e) {
      Telling.LOG.warn("a reply sink failed", e);
      Telling.failed(sink, BlipError.unexpected());
    }
  }

  private void complete(Arrival arrival, long key) throws Violation {
    Properties properties = arrival.properties();
    open.remove(key);
    arrival.release();
    Replies replies = arrival.replies;
    if (replies == null) {
      request(arrival.number, arrival.flags, properties, arrival.body());
    } else if ((arrival.flags & Flags.TYPE) == Flags.ERR) {
      byte[] body = arrival.body();
      Telling.failed(replies, BlipError.received(properties, body, 0, body.length));
    } else if (replies instanceof Reply reply) {
      Telling.answered(reply, properties, arrival.body());
    } else {
      arrival.end();
    }
  }

  private void request(long number, int flags, Properties properties, byte[] body) {
    IncomingRequest request = new IncomingRequest(connection, number, flags, properties, body);
    try {
      handler.request(request);
    } catch (RuntimeException | Error e) {
      Telling.LOG.error("the handler of a request failed", e);
      request.failUnlessAnswered();
    }
  }

  private static byte[] copy(byte[] bytes, int from, int to) {
    return from == to ? NOTHING : Arrays.copyOfRange(bytes, from, to);
  }
}
