// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Flags;
import dev.divan.blip.codec.Head;
import dev.divan.blip.codec.Violation;
import dev.divan.blip.flow.Acknowledgements;
import dev.divan.blip.flow.Budget;
import dev.divan.transport.Closure;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An incoming message that did not come in one piece. */
final class Arrival {
  /** What an unfinished message costs besides its body: head, object, table entry. */
  private static final int OVERHEAD = 512;

  private static final byte[] NOTHING = {};

  final long number;

  /** Those of the first frame. */
  final int flags;

  final @Nullable Replies replies;
  final Acknowledgements acknowledgements = new Acknowledgements();
  private final Budget budget;
  private final int maxMessage;
  private final Head head = new Head();
  private final @Nullable ReplySink sink;
  private @Nullable Properties properties;
  private byte[] body = NOTHING;
  private int length;
  private boolean sinkFailed;

  /**
   * @param replies who awaits the message; null if it is a request
   */
  Arrival(long number, int flags, @Nullable Replies replies, Limits limits, Budget budget)
      throws Violation {
    this.number = number;
    this.flags = flags;
    this.replies = replies;
    this.budget = budget;
    this.maxMessage = limits.maxMessage();
    this.sink = replies instanceof ReplySink s && (flags & Flags.TYPE) == Flags.RPY ? s : null;
    charge(OVERHEAD);
  }

  /** Takes the next run of bytes. */
  void take(byte[] run, int from, int n) throws Violation {
    int to = from + n;
    int at = from;
    if (properties == null) {
      at = head.take(run, from, to);
      byte[] block = head.block();
      if (block == null) {
        return;
      }
      charge(block.length);
      properties = new Properties(block, 0, block.length);
      if (sink != null) {
        begin(sink, properties);
      }
    }
    if (at == to) {
      return;
    }
    if (sink == null) {
      collect(run, at, to - at);
    } else {
      pass(sink, run, at, to - at);
    }
  }

  /** The properties of a message that is complete. */
  Properties properties() throws Violation {
    if (properties == null) {
      throw Head.incomplete();
    }
    return properties;
  }

  /** The body of a message that is complete and was not streamed. */
  byte[] body() {
    return body.length == length ? body : Arrays.copyOf(body, length);
  }

  /** Whether the body went to a sink. */
  boolean streamed() {
    return sink != null;
  }

  /** Tells the sink that this was all. */
  void end() {
    if (sink != null && !sinkFailed) {
      try {
        sink.end();
      } catch (IOException | RuntimeException | Error e) {
        failed(sink, e);
      }
    }
  }

  /** Gives up: who awaits the message is told, unless it has failed already. */
  void abandon(BlipError error) {
    release();
    if (replies != null && !sinkFailed) {
      Telling.failed(replies, error);
    }
  }

  /** Gives the memory back that was counted for this message. */
  void release() {
    budget.give(OVERHEAD + body.length + (properties == null ? 0 : properties.length()));
  }

  private void begin(ReplySink to, Properties first) {
    try {
      to.begin(first);
    } catch (IOException | RuntimeException | Error e) {
      failed(to, e);
    }
  }

  private void pass(ReplySink to, byte[] run, int from, int n) {
    if (!sinkFailed) {
      try {
        to.data(run, from, n);
      } catch (IOException | RuntimeException | Error e) {
        failed(to, e);
      }
    }
  }

  private void failed(ReplySink to, Throwable cause) {
    sinkFailed = true;
    Telling.LOG.warn("a reply sink failed, the rest of its answer is dropped", cause);
    Telling.failed(to, BlipError.unexpected());
  }

  private void collect(byte[] run, int from, int n) throws Violation {
    if (n > body.length - length) {
      grow((long) length + n);
    }
    System.arraycopy(run, from, body, length, n);
    length += n;
  }

  private void grow(long needed) throws Violation {
    if (needed > maxMessage) {
      throw tooBig();
    }
    int capacity = (int) Math.min(maxMessage, Math.max(needed, 2L * body.length));
    charge(capacity - body.length);
    body = Arrays.copyOf(body, capacity);
  }

  private void charge(int bytes) throws Violation {
    if (!budget.take(bytes)) {
      throw new Violation(Closure.TOO_BIG, "too many unfinished messages");
    }
  }

  /** What to say of a message that is too long. */
  static Violation tooBig() {
    return new Violation(Closure.TOO_BIG, "message too big");
  }
}
