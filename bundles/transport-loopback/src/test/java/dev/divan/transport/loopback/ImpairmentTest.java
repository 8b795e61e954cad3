// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.testkit.transport.Mailbox;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.DialException;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Doorkeeper;
import dev.divan.transport.UpgradeDecision;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Bad lines, in virtual time. */
class ImpairmentTest {
  private final ManualTimeline time = new ManualTimeline();
  private final List<Channel> hall = new ArrayList<>();
  private final Mailbox here = new Mailbox();
  private final Mailbox there = new Mailbox();

  private final Doorkeeper letIn =
      request -> CompletableFuture.completedFuture(new UpgradeDecision.Accept("p", hall::add));

  private Channel open(Impairment impairment) throws Exception {
    Loopback loopback = new Loopback(impairment, time);
    CompletableFuture<Channel> dial = dial(loopback, bind(loopback, letIn));
    time.advance(Duration.ofSeconds(2));
    Channel channel = dial.join();
    channel.start(here);
    hall.get(0).start(there);
    time.advance(Duration.ZERO);
    return channel;
  }

  private static Binding bind(Loopback loopback, Doorkeeper doorkeeper) throws Exception {
    return loopback.bind(
        new BindRequest(null, 0, null, false, Duration.ofSeconds(5), Duration.ZERO, 1), doorkeeper);
  }

  private static CompletableFuture<Channel> dial(Loopback loopback, Binding binding) {
    return loopback.dial(
        new DialRequest(
            URI.create("loopback://b:" + binding.port() + "/db"),
            List.of("p"),
            Map.of(),
            null,
            Duration.ofSeconds(10),
            Duration.ZERO));
  }

  private static void send(Channel channel, int count) {
    for (int i = 0; i < count; i++) {
      channel.send(List.of(new byte[] {(byte) i}), () -> {});
    }
  }

  @Test
  void latencyDelaysEachFrameAndNothingMore() throws Exception {
    Channel channel = open(Impairment.NONE.withLatency(Duration.ofMillis(100)));
    send(channel, 3);
    time.advance(Duration.ofMillis(99));
    assertEquals(0, there.count());
    time.advance(Duration.ofMillis(1));
    assertEquals(3, there.count());
  }

  @Test
  void jitterNeverSwapsFramesOfOneChannel() throws Exception {
    Channel channel = open(Impairment.NONE.withJitter(Duration.ofMillis(50)).withSeed(7));
    for (int i = 0; i < 100; i++) {
      send(channel, 1);
      channel.send(List.of(new byte[] {(byte) i}), () -> {});
      time.advance(Duration.ofMillis(1));
    }
    time.advance(Duration.ofMillis(50));
    assertEquals(200, there.count());
    for (int i = 0; i < 100; i++) {
      assertEquals(i, there.frame(2 * i + 1)[0]);
    }
  }

  @Test
  void theConnectionBreaksAfterTheFramesGiven() throws Exception {
    Channel channel = open(Impairment.NONE.withCutAfter(5));
    send(channel, 5);
    time.advance(Duration.ZERO);
    assertEquals(5, there.count());
    send(channel, 1);
    time.advance(Duration.ZERO);
    assertEquals(Closure.ABNORMAL, there.awaitEnd().code());
    assertEquals(Closure.ABNORMAL, here.awaitEnd().code());
  }

  @Test
  void theSameSeedBreaksAtTheSameFrame() throws Exception {
    List<Integer> survived = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      ManualTimeline clock = new ManualTimeline();
      Loopback loopback = new Loopback(Impairment.NONE.withLoss(0.01).withSeed(42), clock);
      List<Channel> inside = new ArrayList<>();
      CompletableFuture<Channel> dial =
          dial(
              loopback,
              bind(
                  loopback,
                  request ->
                      CompletableFuture.completedFuture(
                          new UpgradeDecision.Accept("p", inside::add))));
      clock.advance(Duration.ofSeconds(1));
      Mailbox mailbox = new Mailbox();
      inside.get(0).start(mailbox);
      while (!mailbox.ended()) {
        send(dial.join(), 1);
        clock.advance(Duration.ZERO);
      }
      survived.add(mailbox.count());
    }
    assertEquals(survived.get(0), survived.get(1));
    assertTrue(survived.get(0) > 0);
  }

  @Test
  void aCloseNobodyAnswersGivesUpAfterFiveSeconds() throws Exception {
    Channel channel = open(Impairment.NONE);
    there.stopping(true);
    send(channel, 2);
    time.advance(Duration.ZERO);
    channel.close(Closure.NORMAL, "");
    time.advance(Duration.ofMillis(4999));
    assertFalse(here.ended());
    time.advance(Duration.ofMillis(1));
    assertEquals(Closure.ABNORMAL, here.awaitEnd().code());
  }

  @Test
  void aDoorkeeperThatNeverDecidesIsATimeout() throws Exception {
    Loopback loopback = new Loopback(Impairment.NONE, time);
    CompletableFuture<Channel> dial =
        dial(loopback, bind(loopback, request -> new CompletableFuture<>()));
    time.advance(Duration.ofSeconds(10));
    assertEquals(DialException.Reason.TIMEOUT, failure(dial).reason());
  }

  @Test
  void aFullListenerAnswersComeBackLater() throws Exception {
    Loopback loopback = new Loopback(Impairment.NONE, time);
    Binding binding = bind(loopback, letIn);
    CompletableFuture<Channel> first = dial(loopback, binding);
    CompletableFuture<Channel> second = dial(loopback, binding);
    time.advance(Duration.ZERO);
    first.join();
    assertEquals(503, failure(second).status());
  }

  private static DialException failure(CompletableFuture<Channel> dial) {
    return (DialException) assertThrows(CompletionException.class, dial::join).getCause();
  }
}
