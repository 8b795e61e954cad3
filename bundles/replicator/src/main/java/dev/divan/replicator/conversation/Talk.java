// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.blip.Compression;
import dev.divan.blip.Connection;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Lane;
import dev.divan.blip.Outgoing;
import dev.divan.blip.Properties;
import dev.divan.blip.Reply;
import dev.divan.database.replica.ReplicaDatabase;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with what belongs to it: its lane, its ledger of open work, the database it
 * concerns, and the workers that wait for disks and run user code.
 *
 * <p>All methods are called on the lane.
 */
public final class Talk {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  /** Messages below this do not shrink enough to be worth the deflater's time. */
  private static final int WORTH_COMPRESSING = 128;

  private final Connection connection;
  private final Lane lane;
  private final Executor workers;
  private final ReplicaDatabase database;
  private final Ledger ledger = new Ledger();
  private final boolean compress;
  private final Set<Object> holders = new HashSet<>();
  private boolean ended;

  /**
   * @param compress whether bytes on this connection are worth saving
   */
  public Talk(
      Connection connection,
      Lane lane,
      Executor workers,
      ReplicaDatabase database,
      boolean compress) {
    this.connection = connection;
    this.lane = lane;
    this.workers = workers;
    this.database = database;
    this.compress = compress;
  }

  public ReplicaDatabase database() {
    return database;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Lane lane() {
    return lane;
  }

  /** Bytes accepted but not yet on the network; senders wait while they are many. */
  public long queuedBytes() {
    return connection.queuedBytes();
  }

  /** For work that may block. */
  Executor workers() {
    return workers;
  }

  public boolean compresses() {
    return compress;
  }

  private Compression compression(int bytes) {
    return compress && bytes >= WORTH_COMPRESSING ? Compression.FAST : Compression.NONE;
  }

  /** Sends a request that wants an answer. */
  public void ask(Properties properties, byte[] body, boolean urgent, Reply answer) {
    Outgoing request = request(properties, body, urgent);
    connection.send(request.reply(answer));
  }

  /** Sends a request that wants none. */
  public void tell(Properties properties, byte[] body, boolean urgent) {
    connection.send(request(properties, body, urgent).noReply());
  }

  private Outgoing request(Properties properties, byte[] body, boolean urgent) {
    Outgoing request = new Outgoing(properties).body(body).compress(compression(body.length));
    return urgent ? request.urgent() : request;
  }

  /** Sends a request made elsewhere. */
  public void send(Outgoing request) {
    connection.send(request);
  }

  /** Answers a request, compressed if it is worth it. */
  public void answer(IncomingRequest request, Properties properties, byte[] body) {
    request.respond(properties, body, compression(body.length));
  }

  /** Closes the connection; the only way out. */
  public void close(int code, String reason) {
    connection.close(code, reason);
  }

  /**
   * Takes no frames from the network until {@link #release}; the peer's answers wait, too. Several
   * may hold at a time, each for itself.
   */
  public void hold(Object holder) {
    if (holders.add(holder) && holders.size() == 1) connection.pause();
  }

  public void release(Object holder) {
    if (holders.remove(holder) && holders.isEmpty()) connection.resume();
  }

  /**
   * Runs work that may block on a worker, and the continuation on the lane, unless the connection
   * has ended.
   */
  public <T extends @Nullable Object> void offLane(
      Callable<T> work, BiConsumer<? super T, ? super @Nullable Throwable> then) {
    workers.execute(
        () -> {
          T result = null;
          Throwable failure = null;
          try {
            result = work.call();
          } catch (Exception | Error e) {
            // User code too may fail in any way: whoever waits must hear of it.
            failure = e;
          }
          T done = result;
          Throwable failed = failure;
          lane.execute(() -> then(then, done, failed));
        });
  }

  /** Continues on the lane when a stage completes, unless the connection has ended. */
  public <T extends @Nullable Object> void afterwards(
      CompletionStage<T> stage, BiConsumer<? super T, ? super @Nullable Throwable> then) {
    stage.whenComplete((result, failure) -> lane.execute(() -> then(then, result, failure)));
  }

  private <T extends @Nullable Object> void then(
      BiConsumer<? super T, ? super @Nullable Throwable> then,
      T result,
      @Nullable Throwable failure) {
    if (ended) return;
    try {
      then.accept(result, failure);
    } catch (RuntimeException e) {
      LOG.error("a step of the conversation failed; closing it", e);
      close(dev.divan.transport.Closure.UNEXPECTED, "internal error");
    }
  }

  /** The connection has ended: nothing comes back to the lane any more. */
  public void end() {
    ended = true;
  }

  public boolean ended() {
    return ended;
  }
}
