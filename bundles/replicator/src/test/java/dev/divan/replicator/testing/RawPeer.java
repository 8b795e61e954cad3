// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import dev.divan.testkit.await.Await;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A peer that sends frames as they are, right or wrong, and does not listen. */
public final class RawPeer implements Channel.Receiver {
  private final Channel channel;
  private final boolean reads;
  private final CompletableFuture<Closure> closed = new CompletableFuture<>();
  private final AtomicLong received = new AtomicLong();

  public RawPeer(Channel channel) {
    this(channel, true);
  }

  /**
   * @param reads whether it takes what is sent to it, if only to throw it away
   */
  public RawPeer(Channel channel, boolean reads) {
    this.channel = channel;
    this.reads = reads;
    channel.start(this);
  }

  public void sends(byte[] frame) {
    channel.send(List.of(frame), () -> {});
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  public long received() {
    return received.get();
  }

  public Closure isClosed() {
    return Await.result(closed, "a close");
  }

  /** Closes politely, and waits until that is done. */
  public void leaves() {
    channel.close(Closure.NORMAL, "");
    isClosed();
  }

  public void aborts() {
    channel.abort();
    isClosed();
  }

  /** Reads what it has been sent. */
  public void resumes() {
    channel.resume();
  }

  @Override
  public boolean received(byte[] frame) {
    received.addAndGet(frame.length);
    return reads;
  }

  @Override
  public void closed(Closure closure) {
    closed.complete(closure);
  }
}
