// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Flags;
import dev.divan.blip.codec.FrameReader;
import dev.divan.blip.codec.FrameWriter;
import dev.divan.blip.codec.FramesTest;
import dev.divan.blip.codec.Head;
import dev.divan.blip.codec.Varint;
import dev.divan.blip.codec.Violation;
import dev.divan.transport.Closure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** One connection, run by hand, with the test as its peer and its owner. */
final class Rig implements Handler {
  final ArrayDeque<Runnable> turns = new ArrayDeque<>();
  final ScriptedChannel channel = new ScriptedChannel();
  final Lane lane = new Lane(turns::add);
  final Connection connection;
  final List<IncomingRequest> requests = new ArrayList<>();
  final List<Closure> closures = new ArrayList<>();
  int drained;
  Consumer<IncomingRequest> onRequest = request -> {};

  final FrameWriter peer = new FrameWriter();
  private final FrameReader reader = new FrameReader();
  private int seen;

  Rig() {
    this(Limits.DEFAULT);
  }

  Rig(Limits limits) {
    connection = new Connection(channel, lane, limits, this);
    connection.start();
  }

  /** A frame the connection has sent. */
  record Sent(long number, int flags, byte[] payload, int length) {
    int type() {
      return flags & Flags.TYPE;
    }

    boolean more() {
      return (flags & Flags.MORE_COMING) != 0;
    }

    /** The whole message, if it is one frame. */
    Whole whole() {
      return Rig.whole(payload);
    }
  }

  record Whole(Properties properties, byte[] body) {}

  static Whole whole(byte[] message) {
    try {
      Head head = new Head();
      int at = head.take(message, 0, message.length);
      byte[] block = head.block();
      return new Whole(
          new Properties(block, 0, block.length), Arrays.copyOfRange(message, at, message.length));
    } catch (Violation e) {
      throw new AssertionError(e);
    }
  }

  void run() {
    for (Runnable turn; (turn = turns.poll()) != null; ) {
      turn.run();
    }
  }

  void receive(byte[]... frames) {
    for (byte[] frame : frames) {
      channel.receiver.received(frame);
    }
    run();
  }

  void request(long number, int flags, Properties properties, byte[] body) {
    receive(plain(number, Flags.MSG | flags, message(properties, body)));
  }

  byte[] plain(long number, int flags, byte[] payload) {
    return FramesTest.plain(peer, number, flags, payload);
  }

  byte[] compressed(long number, int flags, byte[] payload) {
    return peer.compressed(number, flags, payload, payload.length, 6);
  }

  void ack(long number, boolean response, long total) {
    receive(FrameWriter.ack(number, response, total));
  }

  void send(Outgoing request) {
    connection.send(request);
    run();
  }

  /** The frames sent since the last call. */
  List<Sent> sent() {
    run();
    List<Sent> frames = new ArrayList<>();
    try {
      for (; seen < channel.sent.size(); seen++) {
        byte[] frame = channel.sent.get(seen).clone();
        reader.open(frame);
        byte[] payload =
            reader.ack()
                ? Long.toString(reader.acknowledged()).getBytes(StandardCharsets.US_ASCII)
                : FramesTest.payload(reader);
        frames.add(new Sent(reader.number(), reader.flags(), payload, frame.length));
      }
    } catch (Violation e) {
      throw new AssertionError("the connection sent a bad frame", e);
    }
    return frames;
  }

  static byte[] message(Properties properties, byte[] body) {
    int n = properties.length();
    byte[] message = new byte[Varint.size(n) + n + body.length];
    int at = Varint.put(message, 0, n);
    properties.copy(0, message, at, n);
    System.arraycopy(body, 0, message, at + n, body.length);
    return message;
  }

  @Override
  public void request(IncomingRequest request) {
    requests.add(request);
    onRequest.accept(request);
  }

  @Override
  public void drained() {
    drained++;
  }

  @Override
  public void closed(Closure closure) {
    closures.add(closure);
  }

  /** Remembers one answer. */
  static final class Answer implements Reply {
    Properties properties;
    byte[] body;
    BlipError error;
    int calls;

    @Override
    public void onReply(Properties p, byte[] b) {
      calls++;
      properties = p;
      body = b;
    }

    @Override
    public void onError(BlipError e) {
      calls++;
      error = e;
    }
  }
}
