// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.blip.codec.Flags;
import dev.divan.transport.Closure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final Properties REV = Properties.of("Profile", "rev");
  private final Rig rig = new Rig();

  private static byte[] noise(int n) {
    byte[] bytes = new byte[n];
    new Random(n).nextBytes(bytes);
    return bytes;
  }

  /** Remembers a streamed answer. */
  private static final class Sink implements ReplySink {
    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    final List<String> calls = new ArrayList<>();
    int failAfter = Integer.MAX_VALUE;

    @Override
    public void begin(Properties properties) {
      calls.add("begin " + properties);
    }

    @Override
    public void data(byte[] buffer, int offset, int length) throws IOException {
      data.write(buffer, offset, length);
      if (data.size() > failAfter) {
        throw new IOException("disk full, on purpose");
      }
    }

    @Override
    public void end() {
      calls.add("end");
    }

    @Override
    public void failed(BlipError error) {
      calls.add("failed " + error.code());
    }
  }

  // ---- sending

  @Test
  void messagesOfOneTurnLeaveTogether() {
    rig.lane.execute(
        () -> {
          for (int i = 0; i < 50; i++) {
            rig.connection.send(new Outgoing(REV));
          }
          assertTrue(rig.channel.sent.isEmpty());
        });
    rig.run();
    assertEquals(List.of(50), rig.channel.batches);
  }

  @Test
  void noMoreIsHandedOverThanTheWriteBudget() {
    rig.channel.writing = false;
    for (int i = 0; i < 100; i++) {
      rig.connection.send(new Outgoing(REV).body(noise(100_000)));
    }
    rig.run();
    long bytes = rig.channel.sent.stream().mapToLong(f -> f.length).sum();
    assertTrue(bytes >= Limits.DEFAULT.writeBudget());
    assertTrue(bytes < Limits.DEFAULT.writeBudget() + 20_000, () -> "bytes " + bytes);
    // What comes now and is urgent goes next all the same.
    rig.sent();
    rig.send(new Outgoing(Properties.of("Profile", "urgent")).urgent());
    while (!rig.channel.unwritten.isEmpty()) {
      rig.channel.write();
      rig.run();
    }
    List<Rig.Sent> sent = rig.sent();
    assertTrue(sent.size() > 100);
    assertEquals(0, rig.connection.queuedBytes());
  }

  @Test
  void queuedBytesCountWhatIsNotWrittenAndDrainedTellsWhenItFell() {
    rig.channel.writing = false;
    rig.send(new Outgoing(REV).body(noise(100_000)));
    long one = rig.connection.queuedBytes();
    assertTrue(one >= 100_000 && one < 101_000);
    assertEquals(0, rig.drained);
    for (int i = 0; i < 9; i++) {
      rig.send(new Outgoing(REV).body(noise(100_000)));
    }
    assertTrue(rig.connection.queuedBytes() > 999_000);
    assertEquals(0, rig.drained);
    while (!rig.channel.unwritten.isEmpty()) {
      rig.channel.unwritten.poll().run();
      rig.run();
      boolean low = rig.connection.queuedBytes() < Limits.DEFAULT.lowMark();
      assertEquals(low ? 1 : 0, rig.drained);
    }
    assertEquals(0, rig.connection.queuedBytes());
    assertEquals(1, rig.drained);
  }

  @Test
  void sentIsToldAfterTheLastFrame() {
    List<Integer> at = new ArrayList<>();
    rig.send(new Outgoing(REV).body(noise(40_000)).sent(() -> at.add(rig.channel.sent.size())));
    assertEquals(List.of(3), at);
  }

  @Test
  void aNormalFrameIsSmallWhileAnUrgentMessageWaits() {
    rig.lane.execute(
        () -> {
          rig.connection.send(new Outgoing(REV).body(noise(50_000)));
          rig.connection.send(new Outgoing(REV).urgent());
        });
    List<Rig.Sent> sent = rig.sent();
    assertEquals(4096, sent.get(0).length());
    assertTrue((sent.get(1).flags() & Flags.URGENT) != 0);
    assertEquals(16_384, sent.get(2).length());
  }

  @Test
  void aRequestWithoutReplyCannotAwaitOne() {
    Outgoing request = new Outgoing(REV).noReply().reply(new Rig.Answer());
    assertThrows(IllegalArgumentException.class, () -> rig.connection.send(request));
  }

  @Test
  void tinyMessagesAreNotCompressed() {
    rig.send(new Outgoing(REV).body(new byte[20]).compress(Compression.DEFAULT));
    assertEquals(Flags.MSG, rig.sent().get(0).flags());
  }

  // ---- sources

  @Test
  void aSourceIsReadOnlyAsFarAsTheWindowAllows() {
    byte[] body = noise(500_000);
    int[] read = new int[1];
    BodySource source =
        (buffer, offset, length) -> {
          int n = Math.min(length, body.length - read[0]);
          System.arraycopy(body, read[0], buffer, offset, n);
          read[0] += n;
          return n == 0 ? -1 : n;
        };
    rig.send(new Outgoing(REV).body(source));
    assertEquals(131_056, rig.sent().stream().mapToInt(f -> f.length() - 2).sum());
    assertTrue(read[0] <= 131_056);
    assertTrue(rig.connection.queuedBytes() < 1000);
  }

  @Test
  void aSourceThatIsNotReadyLetsOthersPassAndComesBack() {
    Trickle trickle = new Trickle(noise(30_000), 10_000).hold();
    Rig.Answer answer = new Rig.Answer();
    rig.send(new Outgoing(REV).body(trickle).reply(answer));
    rig.send(new Outgoing(REV));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int frames = 0;
    for (int i = 0; i < 4; i++) {
      for (Rig.Sent sent : rig.sent()) {
        if (sent.number() == 1) {
          all.writeBytes(sent.payload());
        }
        frames++;
      }
      trickle.release();
    }
    for (Rig.Sent sent : rig.sent()) {
      all.writeBytes(sent.payload());
    }
    assertTrue(frames >= 5);
    assertArrayEquals(Rig.message(REV, noise(30_000)), all.toByteArray());
    assertEquals(1, trickle.closed);
  }

  @Test
  void anAnswerWhoseBodyCannotBeReadBecomesAnError() {
    rig.onRequest =
        request ->
            request.respond(
                Properties.EMPTY,
                (buffer, offset, length) -> {
                  throw new IOException("no such blob, on purpose");
                },
                Compression.NONE);
    rig.request(1, 0, REV, new byte[0]);
    assertEquals(Flags.ERR, rig.sent().get(0).type());
    assertNull(rig.channel.closed);
  }

  @Test
  void aRequestWhoseBodyCannotBeReadFailsAlone() {
    Rig.Answer answer = new Rig.Answer();
    BodySource broken =
        (buffer, offset, length) -> {
          throw new IllegalStateException("on purpose");
        };
    rig.send(new Outgoing(REV).body(broken).reply(answer));
    assertSame(BlipError.unexpected(), answer.error);
    rig.send(new Outgoing(REV));
    assertEquals(1, rig.sent().get(0).number());
    assertEquals(0, rig.connection.queuedBytes());
  }

  @Test
  void aBodyThatBreaksInTheMiddleClosesTheConnection() {
    int[] reads = new int[1];
    Rig.Answer answer = new Rig.Answer();
    BodySource broken =
        (buffer, offset, length) -> {
          if (reads[0]++ > 0) {
            throw new IOException("on purpose");
          }
          return length;
        };
    rig.send(new Outgoing(REV).body(broken).reply(answer));
    assertEquals(1011, rig.channel.closed.code());
    assertTrue(answer.error.isClosed());
    assertEquals(1, answer.calls);
  }

  // ---- answers

  @Test
  void answersMayComeInAnyOrder() {
    List<Rig.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(new Rig.Answer());
      rig.send(new Outgoing(REV).reply(answers.get(i)));
    }
    for (int i = 20; i > 0; i--) {
      rig.receive(rig.plain(i, Flags.RPY, Rig.message(Properties.of("n", "" + i), noise(i))));
    }
    for (int i = 1; i <= 20; i++) {
      assertEquals("" + i, answers.get(i - 1).properties.get("n"));
      assertArrayEquals(noise(i), answers.get(i - 1).body);
    }
  }

  @Test
  void anErrorInSeveralFramesArrives() {
    Rig.Answer answer = new Rig.Answer();
    rig.send(new Outgoing(REV).reply(answer));
    BlipError error = new BlipError("HTTP", 409, "conflict");
    byte[] message = Rig.message(error.properties(), error.body());
    rig.receive(
        rig.plain(1, Flags.ERR | Flags.MORE_COMING, Arrays.copyOf(message, 9)),
        rig.plain(1, Flags.ERR, Arrays.copyOfRange(message, 9, message.length)));
    assertEquals(error, answer.error);
  }

  @Test
  void aStreamedAnswerIsNeverHeldWhole() {
    Rig small = new Rig(Limits.DEFAULT.withMaxMessage(20_000));
    Sink sink = new Sink();
    small.send(new Outgoing(REV).reply(sink));
    byte[] body = noise(300_000);
    byte[] message = Rig.message(Properties.of("a", "b"), body);
    Random random = new Random(11);
    for (int at = 0, to; at < message.length; at = to) {
      to = Math.min(message.length, at + 1 + random.nextInt(16_000));
      int flags = Flags.RPY | (to < message.length ? Flags.MORE_COMING : 0);
      byte[] slice = Arrays.copyOfRange(message, at, to);
      small.receive(
          random.nextBoolean() ? small.plain(1, flags, slice) : small.compressed(1, flags, slice));
    }
    assertEquals(List.of("begin a=b", "end"), sink.calls);
    assertArrayEquals(body, sink.data.toByteArray());
    assertEquals(5, small.sent().stream().filter(f -> f.type() == Flags.ACKRPY).count());
  }

  @Test
  void aSmallAnswerIsStreamedToo() {
    Sink sink = new Sink();
    rig.send(new Outgoing(REV).reply(sink));
    rig.receive(rig.plain(1, Flags.RPY, Rig.message(Properties.EMPTY, noise(9))));
    assertEquals(List.of("begin ", "end"), sink.calls);
    assertArrayEquals(noise(9), sink.data.toByteArray());
  }

  @Test
  void aSinkThatFailsIsToldOnceAndTheRestIsDropped() {
    Sink sink = new Sink();
    sink.failAfter = 20;
    rig.send(new Outgoing(REV).reply(sink));
    rig.receive(
        rig.plain(1, Flags.RPY | Flags.MORE_COMING, Rig.message(Properties.EMPTY, noise(30))),
        rig.plain(1, Flags.RPY | Flags.MORE_COMING, noise(100)),
        rig.plain(1, Flags.RPY, noise(100)));
    assertEquals(List.of("begin ", "failed 501"), sink.calls);
    assertEquals(30, sink.data.size());
    assertNull(rig.channel.closed);
  }

  @Test
  void aSinkHearsOfErrorsAndOfTheEnd() {
    Sink refused = new Sink();
    Sink cut = new Sink();
    rig.send(new Outgoing(REV).reply(refused));
    rig.send(new Outgoing(REV).reply(cut));
    BlipError error = new BlipError("LiteCore", 7, "not found");
    rig.receive(rig.plain(1, Flags.ERR, Rig.message(error.properties(), error.body())));
    rig.receive(
        rig.plain(2, Flags.RPY | Flags.MORE_COMING, Rig.message(Properties.EMPTY, noise(5))));
    rig.channel.receiver.closed(new Closure(1006, "", true, null));
    rig.run();
    assertEquals(List.of("failed 7"), refused.calls);
    assertEquals(List.of("begin ", "failed 1006"), cut.calls);
  }

  @Test
  void aFailingReplyHandlerHarmsNobodyElse() {
    Rig.Answer second = new Rig.Answer();
    rig.send(
        new Outgoing(REV)
            .reply(
                new Reply() {
                  @Override
                  public void onReply(Properties properties, byte[] body) {
                    throw new IllegalStateException("on purpose");
                  }

                  @Override
                  public void onError(BlipError error) {
                    throw new IllegalStateException("not expected");
                  }
                }));
    rig.send(new Outgoing(REV).reply(second));
    rig.receive(rig.plain(1, Flags.RPY, new byte[] {0}), rig.plain(2, Flags.RPY, new byte[] {0}));
    assertEquals(1, second.calls);
  }

  @Test
  void answersThatAreNotReadCloseTheConnection() {
    rig.channel.writing = false;
    rig.onRequest = request -> request.respond(Properties.EMPTY, new byte[1_000_000]);
    for (int i = 1; i < 200 && rig.channel.closed == null; i++) {
      rig.request(i, 0, REV, new byte[0]);
    }
    assertEquals(new Closure(1008, "answers are not read", false, null), rig.channel.closed);
  }

  // ---- the mailbox

  @Test
  void theChannelIsAskedToPauseAndToGoOn() {
    byte[] slice = noise(16_000);
    int taken = 0;
    while (rig.channel.receiver.received(
        rig.plain(1, Flags.MSG | Flags.MORE_COMING, taken++ == 0 ? noSlice(slice) : slice))) {
      assertTrue(taken < 100);
    }
    assertEquals(66, taken);
    assertEquals(0, rig.channel.resumed);
    rig.run();
    assertEquals(1, rig.channel.resumed);
    assertNull(rig.channel.closed);
  }

  /** The same bytes, after an empty property block. */
  private static byte[] noSlice(byte[] slice) {
    return Rig.message(Properties.EMPTY, slice);
  }

  @Test
  void whilePausedNothingIsReadAndNothingIsLost() {
    rig.onRequest = request -> rig.connection.pause();
    for (int i = 1; i <= 3; i++) {
      rig.channel.receiver.received(rig.plain(i, 0, Rig.message(REV, new byte[0])));
    }
    rig.run();
    assertEquals(1, rig.requests.size());
    rig.connection.resume();
    rig.run();
    assertEquals(2, rig.requests.size());
    rig.onRequest = request -> {};
    rig.connection.resume();
    rig.run();
    assertEquals(3, rig.requests.size());
  }

  @Test
  void aPauseDoesNotHideTheEnd() {
    rig.connection.pause();
    rig.receive(rig.plain(1, 0, Rig.message(REV, new byte[0])));
    rig.channel.receiver.closed(new Closure(1001, "bye", true, null));
    rig.run();
    assertEquals(List.of(new Closure(1001, "bye", true, null)), rig.closures);
    assertTrue(rig.requests.isEmpty());
  }

  // ---- the end

  @Test
  void whatArrivedBeforeTheEndIsHandledBeforeIt() {
    Rig.Answer answer = new Rig.Answer();
    rig.send(new Outgoing(REV).reply(answer));
    for (int i = 1; i <= 2000; i++) {
      rig.channel.receiver.received(rig.plain(i, Flags.NO_REPLY, Rig.message(REV, new byte[9])));
    }
    rig.channel.receiver.received(rig.plain(1, Flags.RPY, new byte[] {0}));
    rig.channel.receiver.closed(new Closure(1000, "", true, null));
    rig.run();
    assertEquals(2000, rig.requests.size());
    assertEquals(0, answer.body.length);
    assertEquals(1, rig.closures.size());
  }

  @Test
  void nobodyWaitsForever() {
    rig.channel.writing = false;
    Trickle begun = new Trickle(noise(500_000), 500_000);
    Trickle parked = new Trickle(noise(5), 5).hold();
    List<Rig.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Rig.Answer answer = new Rig.Answer();
      answers.add(answer);
      rig.connection.send(new Outgoing(REV).body(noise(40_000)).reply(answer));
    }
    for (Trickle source : List.of(begun, parked)) {
      Rig.Answer answer = new Rig.Answer();
      answers.add(answer);
      rig.connection.send(new Outgoing(REV).body(source).reply(answer));
    }
    rig.run();
    rig.receive(
        rig.plain(1, Flags.RPY | Flags.MORE_COMING, Rig.message(Properties.EMPTY, noise(5))));
    rig.channel.receiver.closed(new Closure(1006, "", false, null));
    rig.run();
    for (Rig.Answer answer : answers) {
      assertEquals(1, answer.calls);
      assertEquals(new BlipError(BlipError.CLOSED, 1006, ""), answer.error);
    }
    assertEquals(1, begun.closed);
    assertEquals(1, parked.closed);
    Rig.Answer late = new Rig.Answer();
    rig.send(new Outgoing(REV).reply(late));
    assertTrue(late.error.isClosed());
    assertEquals(0, rig.connection.queuedBytes());
    rig.channel.write();
    rig.run();
    assertEquals(0, rig.connection.queuedBytes());
  }

  @Test
  void whatWasSentBeforeCloseGoesOutBeforeIt() {
    rig.lane.execute(
        () -> {
          rig.connection.send(new Outgoing(REV).noReply());
          rig.connection.close(4002, "enough");
          rig.connection.close(1000, "too late");
        });
    rig.run();
    assertEquals(1, rig.channel.sent.size());
    assertEquals(new Closure(4002, "enough", false, null), rig.channel.closed);
    assertTrue(rig.closures.isEmpty());
    // The echo may say what it likes.
    rig.channel.receiver.closed(new Closure(1006, "", true, null));
    rig.run();
    assertEquals(List.of(new Closure(4002, "enough", false, null)), rig.closures);
  }

  @Test
  void afterCloseNothingIsHandledAnyMore() {
    rig.connection.close(1000, "");
    rig.receive(rig.plain(1, 0, Rig.message(REV, new byte[0])));
    assertTrue(rig.requests.isEmpty());
    rig.channel.receiver.closed(new Closure(1000, "", false, null));
    rig.run();
    assertEquals(1, rig.closures.size());
  }

  @Test
  void aLateAnswerIsDropped() {
    rig.request(1, 0, REV, new byte[0]);
    rig.channel.receiver.closed(new Closure(1000, "", true, null));
    rig.run();
    Trickle source = new Trickle(noise(5), 5);
    rig.requests.get(0).respond(Properties.EMPTY, source, Compression.NONE);
    rig.run();
    assertEquals(1, source.closed);
    assertTrue(rig.channel.sent.isEmpty());
    assertFalse(rig.requests.get(0).noReply());
  }

  // ---- disorder

  @Test
  void noFrameWhateverBreaksMoreThanTheProtocol() {
    Random random = new Random(12);
    int survived = 0;
    for (int round = 0; round < 3000; round++) {
      Rig victim = new Rig(Limits.DEFAULT.withMaxMessage(5000));
      victim.onRequest = IncomingRequest::respond;
      Rig.Answer answer = new Rig.Answer();
      victim.send(new Outgoing(REV).reply(answer));
      for (int i = 1; i < 6 && victim.channel.closed == null; i++) {
        byte[] payload = Rig.message(REV, noise(random.nextInt(300)));
        int flags = random.nextInt(4) == 0 ? random.nextInt(128) : Flags.MSG;
        byte[] frame =
            random.nextBoolean()
                ? victim.plain(i, flags & ~Flags.COMPRESSED, payload)
                : victim.compressed(i, flags, payload);
        switch (random.nextInt(8)) {
          case 0 -> frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
          case 1 -> frame = Arrays.copyOf(frame, random.nextInt(frame.length));
          default -> {}
        }
        victim.receive(frame);
      }
      if (victim.channel.closed == null) {
        survived++;
      } else {
        assertTrue(List.of(1009, 1011).contains(victim.channel.closed.code()));
        assertFalse(victim.channel.closed.reason().contains("exception"));
      }
      victim.channel.receiver.closed(new Closure(1006, "", false, null));
      victim.run();
      assertEquals(1, answer.calls);
      assertEquals(1, victim.closures.size());
    }
    assertTrue(survived > 100);
  }
}
