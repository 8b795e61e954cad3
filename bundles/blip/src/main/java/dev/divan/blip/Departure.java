// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Flags;
import dev.divan.blip.codec.Varint;
import dev.divan.blip.flow.Outbound;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A message being sent: yields its bytes in order, property length and properties first. */
final class Departure extends Outbound implements Runnable {
  /** Below this, deflating costs more than it saves. */
  private static final int WORTH_COMPRESSING = 100;

  /** What a message in the queue costs besides its bytes. */
  private static final int OVERHEAD = 128;

  private final Connection connection;
  private final Properties properties;
  private final byte[] body;
  private final @Nullable BodySource source;
  final @Nullable Replies replies;
  final @Nullable Runnable whenSent;
  private final int flags;
  private long number;
  private int level;

  private boolean begun;
  private int propertiesDone;
  private int bodyDone;
  private boolean ended;
  boolean stalled;
  boolean parked;

  Departure(Connection connection, Outgoing request) {
    super(request.urgent);
    if (request.noReply && request.replies != null) {
      throw new IllegalArgumentException("a request that wants no reply cannot await one");
    }
    this.connection = connection;
    this.flags =
        Flags.MSG | (request.urgent ? Flags.URGENT : 0) | (request.noReply ? Flags.NO_REPLY : 0);
    this.properties = request.properties;
    this.body = request.body;
    this.source = request.source;
    this.replies = request.replies;
    this.whenSent = request.sent;
    this.level = levelFor(request.compression);
  }

  /** An answer. */
  Departure(
      Connection connection,
      long number,
      int flags,
      Properties properties,
      byte[] body,
      @Nullable BodySource source,
      Compression compression) {
    super((flags & Flags.URGENT) != 0);
    this.connection = connection;
    this.number = number;
    this.flags = flags;
    this.properties = properties;
    this.body = body;
    this.source = source;
    this.replies = null;
    this.whenSent = null;
    this.level = levelFor(compression);
  }

  /** The same answer, turned into an error. */
  Departure asError(BlipError error) {
    int urgency = flags & Flags.URGENT;
    return new Departure(
        connection,
        number,
        Flags.ERR | urgency,
        error.properties(),
        error.body(),
        null,
        Compression.NONE);
  }

  /** Joins the queue: what the lane does with a message submitted from outside. */
  @Override
  public void run() {
    connection.accept(this);
  }

  void number(long assigned) {
    number = assigned;
  }

  /** 0 for a request whose first frame has not left. */
  long number() {
    return number;
  }

  int flags() {
    return flags;
  }

  boolean request() {
    return (flags & Flags.TYPE) == Flags.MSG;
  }

  boolean noReply() {
    return (flags & Flags.NO_REPLY) != 0;
  }

  /** Deflate level; 0 for none. */
  int level() {
    return level;
  }

  void giveUpCompressing() {
    level = 0;
  }

  boolean streamed() {
    return source != null;
  }

  /** Bytes of memory that wait for frames. */
  int held() {
    return done() ? 0 : OVERHEAD + inMemory();
  }

  void whenReady(Runnable ready) {
    if (source != null) {
      source.whenReady(ready);
    }
  }

  /** Bytes still to come; of a streamed body only what is in memory. */
  int remaining() {
    int head = begun ? 0 : Varint.size(properties.length());
    return head + inMemory();
  }

  /** Whether all bytes have been taken. */
  boolean done() {
    return remaining() == 0 && (source == null || ended);
  }

  /**
   * Takes the next bytes, as many as there are and fit.
   *
   * @param room at least a varint's length
   * @return how many; fewer than fit at the end or if the source has no more for now
   */
  int take(byte[] into, int at, int room) throws IOException {
    int end = at + room;
    int i = at;
    if (!begun) {
      begun = true;
      i = Varint.put(into, i, properties.length());
    }
    int n = Math.min(end - i, properties.length() - propertiesDone);
    if (n > 0) {
      properties.copy(propertiesDone, into, i, n);
      propertiesDone += n;
      i += n;
    }
    n = Math.min(end - i, body.length - bodyDone);
    if (n > 0) {
      System.arraycopy(body, bodyDone, into, i, n);
      bodyDone += n;
      i += n;
    }
    return i - at + (source == null ? 0 : read(source, into, i, end));
  }

  /** Frees the source. */
  void close() {
    if (source != null) {
      source.close();
    }
  }

  private int inMemory() {
    return properties.length() - propertiesDone + body.length - bodyDone;
  }

  private int read(BodySource from, byte[] into, int at, int end) throws IOException {
    int i = at;
    while (i < end && !ended) {
      int n;
      try {
        n = from.read(into, i, end - i);
      } catch (RuntimeException e) {
        throw new IOException("a body source failed", e);
      }
      if (n == 0) {
        break;
      }
      ended = n < 0;
      i += Math.max(n, 0);
    }
    return i - at;
  }

  private int levelFor(Compression compression) {
    return source != null || inMemory() >= WORTH_COMPRESSING ? compression.level : 0;
  }
}
