// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.channel;

import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.PeerFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open WebSocket. Frames are handed to Jetty's flusher directly, all but the last of a list as
 * "may wait", so that a list costs one write; the socket is read on demand only. {@code written}
 * may run inside {@link #send}, when the socket takes all at once.
 */
public final class WebSocketChannel implements Channel, FrameHandler {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.transport");

  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Pongs not yet written; a peer that pings faster than it reads gets only some answered. */
  private static final int PONGS_WAITING = 64;

  private final PeerFacts peer;
  private final Duration heartbeat;
  private final Scheduler scheduler;
  private final Consumer<WebSocketChannel> opened;
  private final Consumer<WebSocketChannel> gone;
  private final Assembly assembly = new Assembly();
  private final AtomicInteger pongs = new AtomicInteger();

  // Set in onOpen, before anybody else gets to see the channel.
  private @Nullable WebSocketCoreSession session;
  private @Nullable Inbox inbox;
  private @Nullable Heartbeat pulse;

  private int unwritten;
  private boolean closeSent;
  private boolean over;
  private @Nullable Closure ours;
  private Scheduler.@Nullable Task nextBeat;
  private Scheduler.@Nullable Task closeTimer;

  /**
   * @param heartbeat silence after which to ping; zero for never
   * @param opened called when frames may be sent
   * @param gone called when the connection is no more
   */
  public WebSocketChannel(
      PeerFacts peer,
      Duration heartbeat,
      Scheduler scheduler,
      Consumer<WebSocketChannel> opened,
      Consumer<WebSocketChannel> gone) {
    this.peer = peer;
    this.heartbeat = heartbeat;
    this.scheduler = scheduler;
    this.opened = opened;
    this.gone = gone;
  }

  private WebSocketCoreSession session() {
    return Objects.requireNonNull(session);
  }

  private Inbox inbox() {
    return Objects.requireNonNull(inbox);
  }

  @Override
  public String protocol() {
    return String.valueOf(session().getNegotiatedSubProtocol());
  }

  @Override
  public String remote() {
    InetSocketAddress address = peer.address();
    if (address == null) {
      return "unknown";
    }
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  @Override
  public PeerFacts peer() {
    return peer;
  }

  @Override
  public boolean metered() {
    SocketAddress local = session().getLocalAddress();
    InetSocketAddress remote = peer.address();
    return !(remote != null
        && local instanceof InetSocketAddress here
        && (remote.getAddress().isLoopbackAddress()
            || remote.getAddress().equals(here.getAddress())));
  }

  @Override
  public void start(Receiver receiver) {
    inbox().start(receiver);
  }

  @Override
  public void resume() {
    inbox().resume();
  }

  @Override
  public void send(List<byte[]> frames, Runnable written) {
    if (!begin(frames)) {
      execute(written);
      return;
    }
    int last = frames.size() - 1;
    for (int i = 0; i < last; i++) {
      enqueue(binary(frames.get(i)), Callback.NOOP, true);
    }
    enqueue(binary(frames.get(last)), Callback.from(() -> written(written)), false);
  }

  private synchronized boolean begin(List<byte[]> frames) {
    if (frames.isEmpty() || ours != null || over) {
      return false;
    }
    unwritten++;
    return true;
  }

  /** On a thread of the network, or here if that is no more. */
  private void execute(Runnable task) {
    try {
      session().getExecutor().execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  private static Frame binary(byte[] payload) {
    return new Frame(OpCode.BINARY, ByteBuffer.wrap(payload));
  }

  private void enqueue(Frame frame, Callback callback, boolean mayWait) {
    OutgoingEntry entry = new OutgoingEntry.Builder(frame, callback).batch(mayWait).build();
    session().getConnection().enqueueFrame(entry);
  }

  private void written(Runnable owner) {
    synchronized (this) {
      unwritten--;
    }
    sendCloseIfDue();
    owner.run();
  }

  @Override
  public void close(int code, String reason) {
    synchronized (this) {
      if (ours != null || over) {
        return;
      }
      ours = new Closure(code, reason, false, null);
      awaitClose("the peer did not answer the close within 5 s");
    }
    inbox().discard();
    sendCloseIfDue();
  }

  /** Jetty drops what is queued when some codes are sent, so the close waits for the frames. */
  private void sendCloseIfDue() {
    Closure closure;
    synchronized (this) {
      closure = ours;
      if (closure == null || closeSent || over || unwritten > 0) {
        return;
      }
      closeSent = true;
    }
    Frame frame = new CloseStatus(closure.code(), closure.reason()).toFrame();
    enqueue(frame, Callback.NOOP, false);
  }

  private void awaitClose(String complaint) {
    closeTimer =
        scheduler.schedule(
            () -> fail(new IOException(complaint)),
            CLOSE_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void abort() {
    fail(null);
  }

  /** Like {@link #abort}, and tells the receiver before it returns: no thread may be left to. */
  public void cutOff() {
    fail(null);
    inbox().deliver();
  }

  private void broken(RuntimeException e) {
    LOG.error("the receiver of {} failed; the channel is aborted", remote(), e);
    fail(e);
  }

  private void fail(@Nullable Throwable cause) {
    end(new Closure(Closure.ABNORMAL, "", false, cause));
    session().abort();
  }

  private void end(Closure closure) {
    synchronized (this) {
      over = true;
      if (nextBeat != null) {
        nextBeat.cancel();
      }
    }
    inbox().end(closure);
  }

  @Override
  public void onOpen(CoreSession coreSession, Callback callback) {
    WebSocketCoreSession mine = (WebSocketCoreSession) coreSession;
    session = mine;
    inbox = new Inbox(this::execute, mine::demand, this::broken);
    if (!heartbeat.isZero()) {
      pulse = new Heartbeat(heartbeat, System.nanoTime());
      beat();
    }
    callback.succeeded();
    mine.demand();
    opened.accept(this);
  }

  private void beat() {
    Heartbeat heart = Objects.requireNonNull(pulse);
    if (inbox().withheld()) {
      // The peer may be talking; it is us who do not listen.
      heart.heard(System.nanoTime());
    }
    Heartbeat.Verdict verdict = heart.check(System.nanoTime());
    if (verdict.deed() == Heartbeat.Deed.GIVE_UP) {
      fail(new IOException("no answer to a ping within " + heart.patience().toMillis() + " ms"));
      return;
    }
    if (verdict.deed() == Heartbeat.Deed.PING) {
      enqueue(new Frame(OpCode.PING), Callback.NOOP, false);
    }
    synchronized (this) {
      if (!over) {
        nextBeat = scheduler.schedule(this::beat, verdict.again(), TimeUnit.NANOSECONDS);
      }
    }
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    Heartbeat heart = pulse;
    if (heart != null) {
      heart.heard(System.nanoTime());
    }
    switch (frame.getOpCode()) {
      case OpCode.BINARY, OpCode.CONTINUATION -> data(frame, callback);
      case OpCode.PING -> {
        pong(frame);
        readOn(callback);
      }
      case OpCode.CLOSE -> closedByPeer(CloseStatus.getCloseStatus(frame), callback);
      case OpCode.TEXT -> {
        close(1003, "text is not spoken here");
        readOn(callback);
      }
      default -> readOn(callback);
    }
  }

  private void readOn(Callback callback) {
    callback.succeeded();
    session().demand();
  }

  private void data(Frame frame, Callback callback) {
    if (ending()) {
      readOn(callback);
      return;
    }
    byte[] message = null;
    try {
      message = assembly.add(frame.getPayload(), frame.isFin());
    } catch (Assembly.TooLong e) {
      close(Closure.TOO_BIG, String.valueOf(e.getMessage()));
    }
    callback.succeeded();
    if (message == null) {
      session().demand();
      return;
    }
    inbox().arrived(message);
  }

  private synchronized boolean ending() {
    return ours != null || over;
  }

  private void pong(Frame ping) {
    if (pongs.incrementAndGet() > PONGS_WAITING) {
      pongs.decrementAndGet();
      return;
    }
    byte[] payload = new byte[ping.getPayloadLength()];
    if (payload.length > 0) {
      ping.getPayload().get(payload);
    }
    Frame answer = new Frame(OpCode.PONG, ByteBuffer.wrap(payload));
    enqueue(answer, Callback.from(pongs::decrementAndGet), false);
  }

  private void closedByPeer(CloseStatus status, Callback callback) {
    Closure mine;
    synchronized (this) {
      mine = closeSent ? ours : null;
      if (mine == null && closeTimer == null) {
        awaitClose("the peer did not take the answer to its close within 5 s");
      }
    }
    if (mine != null) {
      end(mine);
      callback.succeeded();
      session().abort();
      return;
    }
    String reason = status.getReason() == null ? "" : status.getReason();
    end(new Closure(status.getCode(), reason, true, null));
    callback.succeeded(); // Jetty echoes, then ends the connection.
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded(); // The cause comes with the status, too.
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    Closure mine;
    synchronized (this) {
      mine = closeSent ? ours : null;
      if (closeTimer != null) {
        closeTimer.cancel();
      }
    }
    String reason = status.getReason() == null ? "" : status.getReason();
    boolean abnormal = !CloseStatus.isTransmittableStatusCode(status.getCode());
    if (abnormal && mine != null) {
      end(mine); // The peer hung up on our close instead of answering it.
    } else if (abnormal) {
      end(new Closure(Closure.ABNORMAL, "", true, status.getCause()));
    } else {
      end(new Closure(status.getCode(), reason, false, status.getCause()));
    }
    gone.accept(this);
    callback.succeeded();
  }
}
