// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.testkit.await.Await;
import dev.divan.transport.Acceptor;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.DialException;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Dialer;
import dev.divan.transport.Doorkeeper;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules of {@code dev.divan.transport}, to be subclassed by the test of each transport. A
 * subclass gives a dialer, an acceptor and the form of an address, and ends them in {@link #stop}.
 */
@Timeout(60)
public abstract class TransportSuite {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String PROTOCOL = "test.1";

  private final List<Channel> channels = new ArrayList<>();
  private final List<Binding> bindings = new ArrayList<>();
  private final List<Mailbox> mailboxes = new ArrayList<>();

  protected abstract Dialer dialer();

  protected abstract Acceptor acceptor();

  /** The address of this machine's port, with the path given (it begins with a slash). */
  protected abstract URI address(int port, String path);

  /** The acceptor's identity; null for a channel in clear. */
  protected @Nullable SSLContext serverTls() {
    return null;
  }

  /** The dialer's trust. */
  protected @Nullable SSLContext clientTls() {
    return null;
  }

  /** Whether the transport tells socket addresses. */
  protected boolean hasAddresses() {
    return true;
  }

  /** Both ends of one open channel, with their mailboxes started. */
  protected record Pair(Channel dialed, Mailbox here, Channel accepted, Mailbox there) {}

  @AfterEach
  void noRuleWasBroken() throws Exception {
    bindings.forEach(Binding::close);
    channels.forEach(Channel::abort);
    try {
      for (Mailbox mailbox : mailboxes) {
        mailbox.awaitEnd();
        assertEquals(List.of(), mailbox.offences());
      }
    } finally {
      stop();
    }
  }

  /** Ends dialer and acceptor, after each test. */
  protected void stop() throws Exception {}

  /** Binds a free port. */
  protected Binding bind(Doorkeeper doorkeeper) throws Exception {
    return bind(0, doorkeeper);
  }

  protected Binding bind(int port, Doorkeeper doorkeeper) throws Exception {
    BindRequest request =
        new BindRequest(null, port, serverTls(), false, TIMEOUT, Duration.ZERO, 100);
    Binding binding = acceptor().bind(request, doorkeeper);
    bindings.add(binding);
    return binding;
  }

  protected DialRequest request(int port, Map<String, String> headers, String... protocols) {
    return new DialRequest(
        address(port, "/db/_blipsync"),
        List.of(protocols),
        headers,
        clientTls(),
        TIMEOUT,
        Duration.ZERO);
  }

  protected static Doorkeeper letIn(BlockingQueue<Channel> hall) {
    return request ->
        CompletableFuture.completedFuture(new UpgradeDecision.Accept(PROTOCOL, hall::add));
  }

  protected Channel dial(int port) throws Exception {
    Channel channel = dialer().dial(request(port, Map.of(), PROTOCOL)).get(20, TimeUnit.SECONDS);
    channels.add(channel);
    return channel;
  }

  protected static Channel take(BlockingQueue<Channel> hall) {
    return Await.next(hall, () -> "somebody who comes in");
  }

  /** Opens a channel and starts both ends. */
  protected Pair open() throws Exception {
    BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
    Binding binding = bind(letIn(hall));
    Channel dialed = dial(binding.port());
    Channel accepted = take(hall);
    channels.add(accepted);
    return new Pair(dialed, start(dialed), accepted, start(accepted));
  }

  protected Mailbox start(Channel channel) {
    Mailbox mailbox = new Mailbox();
    mailboxes.add(mailbox);
    channel.start(mailbox);
    return mailbox;
  }

  protected static byte[] numbered(int number, int size) {
    byte[] frame = new byte[Math.max(size, 4)];
    for (int i = 4; i < frame.length; i++) {
      frame[i] = (byte) (number * 31 + i);
    }
    ByteBuffer.wrap(frame).putInt(number);
    return frame;
  }

  private static void assertNumbered(Mailbox mailbox, int count, int size) {
    for (int i = 0; i < count; i++) {
      assertArrayEquals(numbered(i, size), mailbox.frame(i), "frame " + i);
    }
  }

  private static void sendOne(Channel channel, byte[] frame) {
    channel.send(List.of(frame), () -> {});
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void framesArriveInOrderBothWays() throws Exception {
    Pair pair = open();
    for (int i = 0; i < 500; i++) {
      sendOne(pair.dialed, numbered(i, 100));
      sendOne(pair.accepted, numbered(i, 100));
    }
    pair.there.awaitCount(500);
    pair.here.awaitCount(500);
    assertNumbered(pair.there, 500, 100);
    assertNumbered(pair.here, 500, 100);
  }

  @Test
  void largeTinyAndEmptyFramesKeepTheirBytes() throws Exception {
    Pair pair = open();
    byte[] large = numbered(7, 16384);
    byte[] tiny = {42};
    byte[] empty = {};
    for (Channel channel : List.of(pair.dialed, pair.accepted)) {
      channel.send(List.of(large.clone(), tiny.clone(), empty, large.clone()), () -> {});
    }
    for (Mailbox mailbox : List.of(pair.here, pair.there)) {
      mailbox.awaitCount(4);
      assertArrayEquals(large, mailbox.frame(0));
      assertArrayEquals(tiny, mailbox.frame(1));
      assertArrayEquals(empty, mailbox.frame(2));
      assertArrayEquals(large, mailbox.frame(3));
    }
  }

  @Test
  void gatheredFramesOfManySizesKeepTheirOrder() throws Exception {
    Pair pair = open();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      frames.add(numbered(i, (i * 7919) % 16384));
    }
    List<byte[]> copies = frames.stream().map(byte[]::clone).toList();
    CountDownLatch written = new CountDownLatch(2);
    pair.dialed.send(copies, written::countDown);
    pair.accepted.send(frames.stream().map(byte[]::clone).toList(), written::countDown);
    pair.there.awaitCount(300);
    pair.here.awaitCount(300);
    for (int i = 0; i < 300; i++) {
      assertArrayEquals(frames.get(i), pair.there.frame(i), "frame " + i);
      assertArrayEquals(frames.get(i), pair.here.frame(i), "frame " + i);
    }
    Await.opens(written, "that written is run each time");
  }

  @Test
  void manySmallFramesAllArrive() throws Exception {
    Pair pair = open();
    int batch = 50;
    int batches = 2000;
    Semaphore window = new Semaphore(16);
    for (int b = 0; b < batches; b++) {
      List<byte[]> frames = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        frames.add(ByteBuffer.allocate(4).putInt(b * batch + i).array());
      }
      assertTrue(window.tryAcquire(15, TimeUnit.SECONDS));
      pair.dialed.send(frames, window::release);
    }
    pair.there.awaitCount(batch * batches);
    int number = 0;
    for (byte[] frame : pair.there.frames()) {
      assertEquals(number++, ByteBuffer.wrap(frame).getInt());
    }
  }

  @Test
  void concurrentSendersLoseNothingAndKeepEachListTogether() throws Exception {
    Pair pair = open();
    int threads = 4;
    int each = 500;
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int sender = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  sendOne(pair.dialed, numbered(sender << 16 | i, 50));
                }
              });
      senders.add(thread);
      thread.start();
    }
    for (Thread thread : senders) {
      thread.join();
    }
    pair.there.awaitCount(threads * each);
    int[] next = new int[threads];
    for (byte[] frame : pair.there.frames()) {
      int number = ByteBuffer.wrap(frame).getInt();
      assertEquals(next[number >> 16]++, number & 0xffff);
    }
  }

  @Test
  void framesSentBeforeTheOtherEndStartsWaitForIt() throws Exception {
    BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
    Channel dialed = dial(bind(letIn(hall)).port());
    for (int i = 0; i < 10; i++) {
      sendOne(dialed, numbered(i, 10));
    }
    Channel accepted = take(hall);
    channels.add(accepted);
    Mailbox there = start(accepted);
    there.awaitCount(10);
    assertNumbered(there, 10, 10);
    start(dialed);
  }

  @Test
  void afterStopNothingComesUntilResume() throws Exception {
    Pair pair = open();
    pair.there.stopping(true);
    for (int i = 0; i < 20; i++) {
      sendOne(pair.dialed, numbered(i, 1000));
    }
    for (int i = 1; i <= 10; i++) {
      pair.there.awaitCount(i);
      // What comes back has overtaken anything that could have come wrongly.
      sendOne(pair.accepted, numbered(i, 4));
      pair.here.awaitCount(i);
      assertEquals(i, pair.there.count());
      pair.there.welcome();
      pair.accepted.resume();
    }
    pair.there.awaitCount(11);
    pair.there.stopping(false);
    pair.there.welcome();
    pair.accepted.resume();
    pair.there.awaitCount(20);
    assertNumbered(pair.there, 20, 1000);
  }

  @Test
  void aSenderIsHeldBackWhileTheReceiverIsStopped() throws Exception {
    Pair pair = open();
    pair.there.stopping(true);
    int size = 16384;
    int most = 4096; // 64 MB, more than any socket buffer
    Semaphore written = new Semaphore(4);
    int sentFrames = 0;
    while (sentFrames < most && written.tryAcquire(1, TimeUnit.SECONDS)) {
      pair.dialed.send(List.of(numbered(sentFrames++, size)), written::release);
    }
    assertNotEquals(most, sentFrames, "nothing held the sender back");
    assertEquals(1, pair.there.count());
    pair.there.stopping(false);
    pair.there.welcome();
    pair.accepted.resume();
    pair.there.awaitCount(sentFrames);
    assertNumbered(pair.there, sentFrames, size);
    assertTrue(written.tryAcquire(4, 10, TimeUnit.SECONDS));
  }

  @Test
  void resumeWithoutStopIsHarmless() throws Exception {
    Pair pair = open();
    pair.accepted.resume();
    sendOne(pair.dialed, ascii("one"));
    pair.there.awaitCount(1);
    pair.accepted.resume();
    pair.accepted.resume();
    sendOne(pair.dialed, ascii("two"));
    pair.there.awaitCount(2);
  }

  @Test
  void writtenRunsOnceForEachSend() throws Exception {
    Pair pair = open();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      pair.dialed.send(
          List.of(numbered(i, 10), numbered(i, 10)),
          () -> {
            runs.incrementAndGet();
            all.countDown();
          });
    }
    Await.opens(all, "that written is run each time");
    pair.there.awaitCount(200);
    assertEquals(100, runs.get());
  }

  @Test
  void sendingNothingStillRunsWritten() throws Exception {
    Pair pair = open();
    CountDownLatch written = new CountDownLatch(1);
    pair.dialed.send(List.of(), written::countDown);
    Await.opens(written, "that written is run each time");
  }

  @Test
  void closeDeliversWhatWasSentBeforeThenCodeAndReasonToBothEnds() throws Exception {
    for (int code :
        new int[] {
          Closure.NORMAL,
          Closure.GOING_AWAY,
          Closure.UNEXPECTED,
          Closure.TRANSIENT,
          Closure.PERMANENT
        }) {
      Pair pair = open();
      for (int i = 0; i < 100; i++) {
        sendOne(pair.accepted, numbered(i, 3000));
      }
      pair.accepted.close(code, "that was all");
      Closure here = pair.here.awaitEnd();
      assertEquals(100, pair.here.count());
      assertEquals(code, here.code());
      assertEquals("that was all", here.reason());
      assertTrue(here.byPeer());
      Closure there = pair.there.awaitEnd();
      assertEquals(code, there.code());
      assertEquals("that was all", there.reason());
      assertFalse(there.byPeer());
    }
  }

  @Test
  void theDialerMayCloseToo() throws Exception {
    Pair pair = open();
    sendOne(pair.dialed, ascii("last words"));
    pair.dialed.close(Closure.NORMAL, "");
    Closure there = pair.there.awaitEnd();
    assertEquals(1, pair.there.count());
    assertEquals(Closure.NORMAL, there.code());
    assertEquals("", there.reason());
    assertTrue(there.byPeer());
    assertFalse(pair.here.awaitEnd().byPeer());
  }

  @Test
  void closingFromBothEndsAtOnceEndsBoth() throws Exception {
    Pair pair = open();
    pair.dialed.close(Closure.NORMAL, "");
    pair.accepted.close(Closure.NORMAL, "");
    pair.dialed.close(Closure.NORMAL, "again");
    assertEquals(Closure.NORMAL, pair.here.awaitEnd().code());
    assertEquals(Closure.NORMAL, pair.there.awaitEnd().code());
  }

  @Test
  void anEndWhoseReceiverHasStoppedCanStillClose() throws Exception {
    Pair pair = open();
    pair.there.stopping(true);
    for (int i = 0; i < 200; i++) {
      sendOne(pair.dialed, numbered(i, 16384));
    }
    pair.there.awaitCount(1);
    pair.accepted.close(Closure.TRANSIENT, "later");
    assertEquals(Closure.TRANSIENT, pair.here.awaitEnd().code());
    pair.there.welcome();
    pair.accepted.resume();
    assertEquals(Closure.TRANSIENT, pair.there.awaitEnd().code());
  }

  @Test
  void aCloseUnderFullLoadFromThePeerStillTellsItsCode() throws Exception {
    Pair pair = open();
    Thread sender =
        new Thread(
            () -> {
              Semaphore window = new Semaphore(8);
              while (!pair.here.ended()) {
                window.acquireUninterruptibly();
                pair.dialed.send(List.of(new byte[16384]), window::release);
              }
            });
    sender.start();
    pair.there.awaitCount(100);
    pair.accepted.close(Closure.UNEXPECTED, "enough");
    Closure here = pair.here.awaitEnd();
    sender.join();
    assertEquals(Closure.UNEXPECTED, here.code());
    assertEquals("enough", here.reason());
  }

  @Test
  void sendAfterTheEndIsHarmlessAndWrittenStillRuns() throws Exception {
    Pair pair = open();
    pair.dialed.close(Closure.NORMAL, "");
    CountDownLatch written = new CountDownLatch(3);
    pair.dialed.send(List.of(ascii("too late")), written::countDown);
    pair.here.awaitEnd();
    pair.there.awaitEnd();
    pair.dialed.send(List.of(ascii("too late")), written::countDown);
    pair.accepted.send(List.of(ascii("too late")), written::countDown);
    pair.dialed.close(Closure.PERMANENT, "");
    pair.dialed.resume();
    pair.dialed.abort();
    Await.opens(written, "that written is run each time");
    assertEquals(0, pair.there.count());
  }

  @Test
  void writtenOfHeldBackSendsRunsWhenTheChannelEnds() throws Exception {
    Pair pair = open();
    pair.there.stopping(true);
    CountDownLatch written = new CountDownLatch(4096);
    for (int i = 0; i < 4096; i++) {
      pair.dialed.send(List.of(new byte[16384]), written::countDown);
    }
    pair.dialed.abort();
    Await.opens(written, "that written is run each time");
  }

  @Test
  void abortIsSeenAsAbnormalByBothEnds() throws Exception {
    Pair pair = open();
    sendOne(pair.dialed, ascii("hello"));
    pair.there.awaitCount(1);
    pair.dialed.abort();
    assertEquals(Closure.ABNORMAL, pair.there.awaitEnd().code());
    assertEquals(Closure.ABNORMAL, pair.here.awaitEnd().code());
    pair.dialed.abort();
  }

  @Test
  void refusalTellsStatusHeadersAndText() throws Exception {
    Binding binding =
        bind(
            request ->
                CompletableFuture.completedFuture(
                    new UpgradeDecision.Refuse(
                        401,
                        Map.of("WWW-Authenticate", "Basic realm=\"divan\", charset=\"UTF-8\""),
                        "who are you?")));
    DialException failure = fail(binding.port());
    assertEquals(DialException.Reason.STATUS, failure.reason());
    assertEquals(401, failure.status());
    assertEquals(
        List.of("Basic realm=\"divan\", charset=\"UTF-8\""),
        failure.headers().get("www-authenticate"));
    assertTrue(String.valueOf(failure.getMessage()).contains("who are you?"), failure.getMessage());
  }

  @Test
  void aDoorkeeperThatFailsIsAStatusToo() throws Exception {
    Binding binding =
        bind(request -> CompletableFuture.failedFuture(new IllegalStateException("oops")));
    assertEquals(500, fail(binding.port()).status());
  }

  @Test
  void theDoorkeeperMayTakeItsTime() throws Exception {
    BlockingQueue<CompletableFuture<UpgradeDecision>> pending = new LinkedBlockingQueue<>();
    Binding binding =
        bind(
            request -> {
              CompletableFuture<UpgradeDecision> decision = new CompletableFuture<>();
              pending.add(decision);
              return decision;
            });
    CompletableFuture<Channel> first = dialer().dial(request(binding.port(), Map.of(), PROTOCOL));
    CompletableFuture<Channel> second = dialer().dial(request(binding.port(), Map.of(), PROTOCOL));
    BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
    for (int i = 0; i < 2; i++) {
      Await.next(pending, () -> "a knock")
          .complete(new UpgradeDecision.Accept(PROTOCOL, hall::add));
    }
    channels.add(first.get(10, TimeUnit.SECONDS));
    channels.add(second.get(10, TimeUnit.SECONDS));
    channels.add(take(hall));
    channels.add(take(hall));
  }

  @Test
  void theDoorkeeperSeesPathHeadersAndProtocolsAndChooses() throws Exception {
    BlockingQueue<UpgradeRequest> seen = new LinkedBlockingQueue<>();
    BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
    Binding binding =
        bind(
            request -> {
              seen.add(request);
              return CompletableFuture.completedFuture(
                  new UpgradeDecision.Accept("test+b_2", hall::add));
            });
    Channel dialed =
        dialer()
            .dial(
                request(
                    binding.port(),
                    Map.of("Authorization", "Basic eDp5", "X-Extra", "1"),
                    "test+a_3",
                    "test+b_2"))
            .get(10, TimeUnit.SECONDS);
    channels.add(dialed);
    Channel accepted = take(hall);
    channels.add(accepted);
    UpgradeRequest request = seen.remove();
    assertEquals("/db/_blipsync", request.path());
    assertEquals(List.of("test+a_3", "test+b_2"), request.protocols());
    assertEquals("Basic eDp5", request.header("authorization"));
    assertEquals("1", request.header("x-extra"));
    assertEquals("test+b_2", dialed.protocol());
    assertEquals("test+b_2", accepted.protocol());
    assertFalse(dialed.remote().isEmpty());
    assertFalse(accepted.remote().isEmpty());
    assertFalse(dialed.metered(), "this machine's own traffic costs nothing");
    assertFalse(accepted.metered());
    if (hasAddresses()) {
      assertNotNull(request.peer().address());
      assertNotNull(accepted.peer().address());
      assertEquals(binding.port(), Objects.requireNonNull(dialed.peer().address()).getPort());
    }
    assertEquals(clientTls() == null, dialed.peer().certificates().isEmpty());
  }

  @Test
  void thePathIsPercentDecoded() throws Exception {
    BlockingQueue<UpgradeRequest> seen = new LinkedBlockingQueue<>();
    Binding binding =
        bind(
            request -> {
              seen.add(request);
              return CompletableFuture.completedFuture(
                  new UpgradeDecision.Refuse(404, Map.of(), "no such database"));
            });
    DialRequest request =
        new DialRequest(
            address(binding.port(), "/a%20b/_blipsync"),
            List.of(PROTOCOL),
            Map.of(),
            clientTls(),
            TIMEOUT,
            Duration.ZERO);
    assertThrows(ExecutionException.class, () -> dialer().dial(request).get(10, TimeUnit.SECONDS));
    assertEquals("/a b/_blipsync", seen.remove().path());
  }

  @Test
  void dialingWhereNobodyListensIsRefused() throws Exception {
    Binding binding = bind(letIn(new LinkedBlockingQueue<>()));
    binding.close();
    assertEquals(DialException.Reason.REFUSED, fail(binding.port()).reason());
  }

  @Test
  void aCancelledDialOpensNothing() throws Exception {
    CompletableFuture<UpgradeDecision> decision = new CompletableFuture<>();
    CountDownLatch knocked = new CountDownLatch(1);
    BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
    Binding binding =
        bind(
            request -> {
              if (knocked.getCount() == 0) {
                return letIn(hall).knock(request);
              }
              knocked.countDown();
              return decision;
            });
    CompletableFuture<Channel> dial = dialer().dial(request(binding.port(), Map.of(), PROTOCOL));
    Await.opens(knocked, "a knock");
    dial.cancel(false);
    BlockingQueue<Channel> late = new LinkedBlockingQueue<>();
    decision.complete(new UpgradeDecision.Accept(PROTOCOL, late::add));
    // Another one comes in all the same, and by then the first has had its chance.
    Channel dialed = dial(binding.port());
    channels.add(take(hall));
    start(dialed);
    Channel ghost = late.poll();
    if (ghost != null) {
      assertEquals(Closure.ABNORMAL, start(ghost).awaitEnd().code());
    }
  }

  @Test
  void closingTheBindingStopsAcceptingWhileOpenChannelsLiveOn() throws Exception {
    BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
    Binding binding = bind(letIn(hall));
    int port = binding.port();
    Channel dialed = dial(port);
    Channel accepted = take(hall);
    channels.add(accepted);
    Mailbox there = start(accepted);
    Mailbox here = start(dialed);
    binding.close();
    binding.close();
    assertEquals(DialException.Reason.REFUSED, fail(port).reason());
    sendOne(dialed, ascii("still there?"));
    there.awaitCount(1);
    sendOne(accepted, ascii("yes"));
    here.awaitCount(1);
  }

  @Test
  void aClosedPortCanBeBoundAgainWhileItsOldChannelsLive() throws Exception {
    BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
    Binding binding = bind(letIn(hall));
    Channel old = dial(binding.port());
    channels.add(take(hall));
    Mailbox here = start(old);
    binding.close();
    Binding again = bind(binding.port(), letIn(hall));
    assertEquals(binding.port(), again.port());
    dial(again.port());
    channels.add(take(hall));
    assertFalse(here.ended());
  }

  @Test
  void portZeroGivesDifferentFreePorts() throws Exception {
    Binding one = bind(letIn(new LinkedBlockingQueue<>()));
    Binding two = bind(letIn(new LinkedBlockingQueue<>()));
    assertNotEquals(0, one.port());
    assertNotEquals(one.port(), two.port());
  }

  @Test
  void aTakenPortIsABindException() throws Exception {
    Binding one = bind(letIn(new LinkedBlockingQueue<>()));
    Acceptor.BindException failure =
        assertThrows(
            Acceptor.BindException.class,
            () -> bind(one.port(), letIn(new LinkedBlockingQueue<>())));
    assertTrue(String.valueOf(failure.getMessage()).contains(String.valueOf(one.port())));
  }

  private DialException fail(int port) {
    CompletableFuture<Channel> dial = dialer().dial(request(port, Map.of(), PROTOCOL));
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> dial.get(20, TimeUnit.SECONDS));
    if (failure.getCause() instanceof DialException cause) {
      return cause;
    }
    throw new AssertionError("not a DialException", failure.getCause());
  }
}
