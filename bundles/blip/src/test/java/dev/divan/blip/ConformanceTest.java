// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.blip.codec.Flags;
import dev.divan.blip.codec.Vectors;
import dev.divan.transport.Closure;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbered statements on BLIP that concern a connection; those on bytes are in codec. */
class ConformanceTest {
  private static final Properties REV = Properties.of("Profile", "rev");
  private final Rig rig = new Rig();

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) ('a' + i % 26);
    }
    return bytes;
  }

  private static byte[] noise(int n) {
    byte[] bytes = new byte[n];
    new Random(n).nextBytes(bytes);
    return bytes;
  }

  private static byte[] concat(List<Rig.Sent> frames, long number) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Rig.Sent frame : frames) {
      if (frame.number() == number) {
        all.writeBytes(frame.payload());
      }
    }
    return all.toByteArray();
  }

  private void assertClosed(int code, String reason) {
    assertEquals(new Closure(code, reason, false, null), rig.channel.closed);
  }

  @DisplayName("conformance 18: an empty answer is the payload 00")
  @Test
  void emptyAnswer() {
    rig.onRequest = IncomingRequest::respond;
    rig.receive(rig.plain(1, Flags.MSG, new byte[] {0}));
    Rig.Sent sent = rig.sent().get(0);
    assertArrayEquals(new byte[] {0}, sent.payload());
    assertEquals(Flags.RPY, sent.flags());
    assertTrue(rig.requests.get(0).properties().isEmpty());
  }

  @DisplayName("conformance 21: closes on a wrong checksum")
  @Test
  void wrongChecksum() {
    byte[] frame = rig.plain(1, Flags.MSG, Rig.message(REV, bytes(10)));
    frame[frame.length - 1] ^= 1;
    rig.receive(frame);
    assertClosed(1011, "checksum mismatch");
    assertTrue(rig.requests.isEmpty());
  }

  @DisplayName("conformance 24: never sends an empty compressed frame, accepts one")
  @Test
  void emptyCompressedFrames() {
    // A source that fills the first frame to the last byte, and only then says that it has ended.
    byte[] body = bytes(16_000 - 1 - REV.length());
    rig.send(new Outgoing(REV).body(new Trickle(body, body.length)).compress(Compression.DEFAULT));
    List<Rig.Sent> sent = rig.sent();
    for (Rig.Sent frame : sent) {
      assertTrue(frame.payload().length > 0 || (frame.flags() & Flags.COMPRESSED) == 0);
    }
    assertEquals(2, sent.size());
    assertEquals(0, sent.get(1).payload().length);
    assertArrayEquals(Rig.message(REV, body), concat(sent, 1));

    rig.receive(rig.compressed(1, Flags.MSG | Flags.MORE_COMING, Rig.message(REV, bytes(5))));
    byte[] last = rig.plain(1, Flags.MSG, new byte[0]);
    last[1] |= Flags.COMPRESSED;
    rig.receive(last);
    assertArrayEquals(bytes(5), rig.requests.get(0).body());
  }

  @DisplayName("conformance 25: accepts a final empty plain frame after compressed ones")
  @Test
  void finalEmptyFrame() {
    rig.receive(rig.compressed(1, Flags.MSG | Flags.MORE_COMING, Rig.message(REV, bytes(500))));
    rig.receive(rig.plain(1, Flags.MSG, new byte[0]));
    assertArrayEquals(bytes(500), rig.requests.get(0).body());
  }

  @DisplayName("conformance 26: accepts plain and compressed frames in one message")
  @Test
  void mixedFrames() {
    byte[] message = Rig.message(REV, bytes(900));
    rig.receive(
        rig.compressed(1, Flags.MSG | Flags.MORE_COMING, Arrays.copyOf(message, 300)),
        rig.plain(1, Flags.MSG | Flags.MORE_COMING, Arrays.copyOfRange(message, 300, 600)),
        rig.compressed(1, Flags.MSG, Arrays.copyOfRange(message, 600, message.length)));
    assertArrayEquals(bytes(900), rig.requests.get(0).body());
    assertTrue(rig.requests.get(0).compressed());
  }

  @DisplayName("conformance 27: the first frame may end anywhere in the properties")
  @Test
  void cutAnywhere() {
    Properties many = Properties.of("Profile", "rev", "long", "x".repeat(200));
    byte[] message = Rig.message(many, bytes(3));
    for (int cut = 0; cut < message.length; cut++) {
      rig.receive(
          rig.plain(cut + 1, Flags.MSG | Flags.MORE_COMING, Arrays.copyOf(message, cut)),
          rig.plain(cut + 1, Flags.MSG, Arrays.copyOfRange(message, cut, message.length)));
      assertEquals(many, rig.requests.get(cut).properties());
      assertArrayEquals(bytes(3), rig.requests.get(cut).body());
    }
    assertNull(rig.channel.closed);
  }

  @DisplayName("conformance 28: a message above the maximum, a bomb too, closes with 1009")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void messagesAreLimited(boolean compressed) {
    Rig small = new Rig(Limits.DEFAULT.withMaxMessage(100_000));
    byte[] payload = new byte[16_000];
    for (int i = 0; i < 8 && small.channel.closed == null; i++) {
      int flags = Flags.MSG | Flags.MORE_COMING;
      small.receive(
          compressed ? small.compressed(1, flags, payload) : small.plain(1, flags, payload));
    }
    assertEquals(new Closure(1009, "message too big", false, null), small.channel.closed);
  }

  @DisplayName("conformance 28: one frame that inflates without end closes with 1009")
  @Test
  void bombInOneFrame() {
    Rig small = new Rig(Limits.DEFAULT.withMaxMessage(100_000));
    java.util.zip.Deflater deflater = new java.util.zip.Deflater(9, true);
    deflater.setInput(new byte[50 << 20]);
    byte[] frame = new byte[200_000];
    frame[0] = 1;
    frame[1] = Flags.COMPRESSED;
    int n = deflater.deflate(frame, 2, frame.length - 2, java.util.zip.Deflater.SYNC_FLUSH);
    deflater.end();
    small.receive(Arrays.copyOf(frame, 2 + n));
    assertEquals(new Closure(1009, "message too big", false, null), small.channel.closed);
  }

  @DisplayName("conformance 28: all unfinished messages together are limited")
  @Test
  void unfinishedMessagesAreLimited() {
    Rig small = new Rig(Limits.DEFAULT.withMaxMessage(50_000));
    byte[] start = Rig.message(REV, bytes(1000));
    for (int i = 1; small.channel.closed == null; i++) {
      assertTrue(i < 100);
      small.receive(small.plain(i, Flags.MSG | Flags.MORE_COMING, start));
    }
    assertEquals(
        new Closure(1009, "too many unfinished messages", false, null), small.channel.closed);
  }

  @DisplayName("conformance 29: no frame is longer than 16384 bytes, compressed or not")
  @ParameterizedTest
  @ValueSource(strings = {"NONE", "FAST", "DEFAULT"})
  void framesAreShort(String compression) {
    Compression how = Compression.valueOf(compression);
    byte[] large = noise(100_000);
    rig.send(new Outgoing(REV).body(large).compress(how));
    rig.send(new Outgoing(REV).body(bytes(100_000)).compress(how));
    rig.send(new Outgoing(REV).body(new Trickle(large, 7777)).compress(how));
    List<Rig.Sent> sent = rig.sent();
    assertTrue(sent.stream().allMatch(f -> f.length() <= 16_384));
    assertArrayEquals(Rig.message(REV, large), concat(sent, 1));
    assertArrayEquals(Rig.message(REV, bytes(100_000)), concat(sent, 2));
    assertArrayEquals(Rig.message(REV, large), concat(sent, 3));
    if (how == Compression.NONE) {
      assertEquals(16_384, sent.get(0).length());
    }
  }

  @Test
  void compressionIsGivenUpForWhatDoesNotShrink() {
    rig.send(new Outgoing(REV).body(noise(100_000)).compress(Compression.FAST));
    List<Rig.Sent> sent = rig.sent();
    assertTrue((sent.get(0).flags() & Flags.COMPRESSED) != 0);
    assertTrue(sent.stream().skip(1).allMatch(f -> (f.flags() & Flags.COMPRESSED) == 0));
  }

  @DisplayName("conformance 30: large messages take turns, a small request overtakes them")
  @Test
  void interleaving() {
    rig.lane.execute(
        () -> {
          rig.connection.send(new Outgoing(REV).body(bytes(100_000)));
          rig.connection.send(new Outgoing(REV).body(bytes(100_000)));
          rig.connection.send(new Outgoing(REV).body(bytes(10)));
        });
    List<Rig.Sent> sent = rig.sent();
    List<Long> order = sent.stream().map(Rig.Sent::number).toList();
    assertEquals(List.of(1L, 2L, 3L, 1L, 2L, 1L, 2L), order.subList(0, 7));
    assertArrayEquals(Rig.message(REV, bytes(100_000)), concat(sent, 1));
    assertArrayEquals(Rig.message(REV, bytes(100_000)), concat(sent, 2));
  }

  @DisplayName("conformance 30: frames of several incoming messages may come in any order")
  @Test
  void interleavedArrivals() {
    Random random = new Random(8);
    TreeMap<Integer, Integer> at = new TreeMap<>();
    byte[][] messages = new byte[6][];
    for (int i = 1; i <= 5; i++) {
      messages[i] = Rig.message(Properties.of("n", "" + i), bytes(1000 * i));
    }
    int begun = 0;
    while (begun < 5 || !at.isEmpty()) {
      if (begun < 5 && random.nextBoolean()) {
        at.put(++begun, 0);
      }
      for (int i : List.copyOf(at.keySet())) {
        if (at.get(i) > 0 && random.nextBoolean()) {
          continue;
        }
        int from = at.get(i);
        int to = Math.min(messages[i].length, from + 1 + random.nextInt(900));
        boolean more = to < messages[i].length;
        int flags = Flags.MSG | (more ? Flags.MORE_COMING : 0);
        byte[] slice = Arrays.copyOfRange(messages[i], from, to);
        rig.receive(
            random.nextBoolean() ? rig.plain(i, flags, slice) : rig.compressed(i, flags, slice));
        if (more) {
          at.put(i, to);
        } else {
          at.remove(i);
        }
      }
    }
    assertEquals(5, rig.requests.size());
    for (IncomingRequest request : rig.requests) {
      assertEquals("" + request.number(), request.properties().get("n"));
      assertArrayEquals(bytes(1000 * (int) request.number()), request.body());
    }
  }

  @DisplayName("conformance 31: first frames leave in the order of their numbers")
  @Test
  void firstFramesInOrder() {
    Random random = new Random(9);
    for (int i = 0; i < 500; i++) {
      Outgoing request = new Outgoing(REV).body(bytes(random.nextInt(60_000)));
      rig.connection.send(random.nextInt(3) == 0 ? request.urgent() : request);
      if (random.nextInt(4) == 0) {
        rig.run();
      }
    }
    long last = 0;
    for (Rig.Sent frame : rig.sent()) {
      assertTrue(frame.number() <= last + 1);
      last = Math.max(last, frame.number());
    }
    assertEquals(500, last);
  }

  @DisplayName("conformance 31: v16, the peer's violations close with 1011")
  @ParameterizedTest
  @ValueSource(longs = {48, 49, 50, 51, 52, 53, 54, 55})
  void recordedViolations(long session) throws Exception {
    rig.onRequest = IncomingRequest::respond;
    if (session == 51) {
      rig.send(new Outgoing(REV).noReply());
    } else if (session == 52) {
      rig.send(new Outgoing(REV));
    }
    int frames = 0;
    for (Vectors.Event event : Vectors.frames("16-passive-errors")) {
      if (event.connection() == session && event.direction().equals("C->S")) {
        assertNull(rig.channel.closed);
        rig.receive(event.bytes());
        frames++;
      }
    }
    assertTrue(frames > 0);
    assertEquals(1011, rig.channel.closed.code());
  }

  @DisplayName("conformance 31: a repeated request number closes")
  @Test
  void repeatedNumber() {
    rig.request(1, 0, REV, bytes(1));
    rig.request(1, 0, REV, bytes(1));
    assertClosed(1011, "request out of order");
    assertEquals(1, rig.requests.size());
  }

  @DisplayName("conformance 31: a second error for an answered request closes")
  @Test
  void secondAnswer() {
    Rig.Answer answer = new Rig.Answer();
    rig.send(new Outgoing(REV).reply(answer));
    rig.receive(rig.plain(1, Flags.RPY, new byte[] {0}));
    rig.receive(rig.plain(1, Flags.ERR, new byte[] {0}));
    assertClosed(1011, "answer to nothing");
    assertEquals(1, answer.calls);
    assertNotNull(answer.body);
  }

  @DisplayName("conformance 32: requests and responses of one number do not meet")
  @Test
  void numberSpaces() {
    Rig.Answer answer = new Rig.Answer();
    rig.send(new Outgoing(REV).reply(answer));
    byte[] request = Rig.message(REV, bytes(100));
    byte[] reply = Rig.message(Properties.EMPTY, bytes(50));
    rig.receive(
        rig.plain(1, Flags.MSG | Flags.MORE_COMING, Arrays.copyOf(request, 40)),
        rig.plain(1, Flags.RPY | Flags.MORE_COMING, Arrays.copyOf(reply, 10)),
        rig.plain(1, Flags.MSG, Arrays.copyOfRange(request, 40, request.length)),
        rig.plain(1, Flags.RPY, Arrays.copyOfRange(reply, 10, reply.length)));
    assertArrayEquals(bytes(100), rig.requests.get(0).body());
    assertArrayEquals(bytes(50), answer.body);
  }

  @DisplayName("conformance 33: exactly one response to a request, none to one without reply")
  @Test
  void oneResponse() {
    rig.onRequest =
        request -> {
          request.respond();
          assertThrows(IllegalStateException.class, request::respond);
          assertThrows(IllegalStateException.class, () -> request.fail(BlipError.noHandler()));
        };
    rig.request(1, 0, REV, bytes(1));
    assertEquals(1, rig.sent().size());
    rig.request(2, Flags.NO_REPLY, REV, bytes(1));
    assertEquals(0, rig.sent().size());
    assertNull(rig.channel.closed);
  }

  @DisplayName("conformance 34: responses and errors are as urgent as their requests")
  @Test
  void urgencyIsInherited() {
    rig.onRequest =
        request -> {
          if (request.number() % 2 == 0) {
            request.respond();
          } else {
            request.fail(BlipError.noHandler());
          }
        };
    rig.request(1, Flags.URGENT, REV, bytes(1));
    rig.request(2, Flags.URGENT, REV, bytes(1));
    rig.request(3, 0, REV, bytes(1));
    List<Integer> flags = rig.sent().stream().map(Rig.Sent::flags).toList();
    assertEquals(List.of(Flags.ERR | Flags.URGENT, Flags.RPY | Flags.URGENT, Flags.ERR), flags);
  }

  @DisplayName("conformance 35: an ACK at least every 50000 bytes of a message (v13)")
  @Test
  void acks() {
    byte[] message = Rig.message(REV, bytes(200_000));
    List<String> acks = new ArrayList<>();
    int frames = 0;
    for (int at = 0; at < message.length; at += 16_378) {
      int to = Math.min(message.length, at + 16_378);
      int flags = Flags.MSG | (to < message.length ? Flags.MORE_COMING : 0);
      rig.receive(rig.plain(1, flags, Arrays.copyOfRange(message, at, to)));
      frames++;
      for (Rig.Sent sent : rig.sent()) {
        assertEquals(Flags.ACKMSG | Flags.URGENT | Flags.NO_REPLY, sent.flags());
        acks.add(frames + ":" + new String(sent.payload()));
      }
    }
    // As recorded in session 13: on the fourth full frame of 16382 counted bytes.
    assertEquals(List.of("4:65528", "8:131056", "12:196584"), acks);
  }

  @DisplayName("conformance 35: a single frame of 60 kB is acknowledged before its answer")
  @Test
  void ackOfASingleFrame() {
    rig.onRequest = IncomingRequest::respond;
    rig.request(1, 0, REV, bytes(60_000));
    List<Rig.Sent> sent = rig.sent();
    assertEquals(Flags.ACKMSG, sent.get(0).type());
    assertEquals(Flags.RPY, sent.get(1).type());
  }

  @DisplayName("conformance 36: a message stops at 128000 bytes, others go on (v10)")
  @Test
  void window() {
    rig.send(new Outgoing(REV).body(noise(1_000_000)));
    List<Rig.Sent> sent = rig.sent();
    assertEquals(8, sent.size());
    assertEquals(131_056, sent.stream().mapToInt(f -> f.length() - 2).sum());

    rig.send(new Outgoing(REV).body(bytes(20)));
    assertEquals(2, rig.sent().get(0).number());

    rig.ack(1, false, 60_000);
    sent = rig.sent();
    // As many as bring the difference to 128000 again.
    assertEquals(4, sent.size());
    assertTrue(sent.stream().allMatch(f -> f.number() == 1));
    for (long total = 131_056; total < 1_000_000; total += 65_528) {
      rig.ack(1, false, total);
    }
    rig.sent();
    assertEquals(0, rig.connection.queuedBytes());
  }

  @DisplayName("conformance 37: ACKs for unknown messages and totals too high are ignored")
  @Test
  void strangeAcks() {
    rig.send(new Outgoing(REV).body(noise(300_000)));
    assertEquals(8, rig.sent().size());
    rig.ack(1, false, 131_057);
    rig.ack(1, true, 131_056);
    rig.ack(7, false, 131_056);
    rig.ack(104, true, 108);
    assertEquals(0, rig.sent().size());
    assertNull(rig.channel.closed);
    rig.ack(1, false, 131_056);
    assertEquals(8, rig.sent().size());
  }

  @DisplayName("conformance 38: the error for unknown profiles is BLIP/404")
  @Test
  void noHandler() {
    rig.onRequest = request -> request.fail(BlipError.noHandler());
    rig.request(1, 0, Properties.EMPTY, bytes(0));
    Rig.Whole answer = rig.sent().get(0).whole();
    assertEquals("BLIP", answer.properties().get("Error-Domain"));
    assertEquals("404", answer.properties().get("Error-Code"));
    assertEquals("no handler for message", new String(answer.body()));
  }

  @DisplayName("conformance 39: a handler that throws is reported as BLIP/501")
  @Test
  void handlerFailures() {
    rig.onRequest =
        request -> {
          throw new IllegalStateException("on purpose");
        };
    rig.request(1, 0, REV, bytes(0));
    Rig.Whole answer = rig.sent().get(0).whole();
    assertEquals("501", answer.properties().get("Error-Code"));
    assertEquals("unexpected exception", new String(answer.body()));
    rig.request(2, Flags.NO_REPLY, REV, bytes(0));
    assertEquals(0, rig.sent().size());
    rig.onRequest =
        request -> {
          request.respond();
          throw new IllegalStateException("on purpose");
        };
    rig.request(3, 0, REV, bytes(0));
    assertEquals(1, rig.sent().size());
    assertNull(rig.channel.closed);
  }

  @DisplayName("conformance 42: a property block above 102400 bytes closes with 1011")
  @Test
  void propertiesAreLimited() {
    byte[] payload = new byte[] {(byte) 0x81, (byte) 0xa0, 6, 'a', 0};
    rig.receive(rig.plain(1, Flags.MSG | Flags.MORE_COMING, payload));
    assertClosed(1011, "properties too long");
  }

  @Test
  void unknownTypesAreIgnoredAndNotCounted() {
    for (int type : new int[] {3, 6, 7}) {
      rig.receive(new byte[] {9, (byte) type, 1, 2, 3, 4, 5, 6, 7});
    }
    rig.request(1, 0, REV, bytes(1));
    assertNull(rig.channel.closed);
    assertEquals(1, rig.requests.size());
    assertFalse(rig.requests.get(0).urgent());
  }
}
