// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.PeerFacts;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A channel that counts the bytes of the frames that pass. */
final class CountedChannel implements Channel {
  private final Channel channel;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  CountedChannel(Channel channel) {
    this.channel = channel;
  }

  long sent() {
    return sent.get();
  }

  long received() {
    return received.get();
  }

  @Override
  public void start(Receiver receiver) {
    channel.start(
        new Receiver() {
          @Override
          public boolean received(byte[] frame) {
            received.addAndGet(frame.length);
            return receiver.received(frame);
          }

          @Override
          public void closed(Closure closure) {
            receiver.closed(closure);
          }
        });
  }

  @Override
  public void send(List<byte[]> frames, Runnable written) {
    long bytes = 0;
    for (byte[] frame : frames) bytes += frame.length;
    sent.addAndGet(bytes);
    channel.send(frames, written);
  }

  @Override
  public String protocol() {
    return channel.protocol();
  }

  @Override
  public String remote() {
    return channel.remote();
  }

  @Override
  public PeerFacts peer() {
    return channel.peer();
  }

  @Override
  public boolean metered() {
    return channel.metered();
  }

  @Override
  public void resume() {
    channel.resume();
  }

  @Override
  public void close(int code, String reason) {
    channel.close(code, reason);
  }

  @Override
  public void abort() {
    channel.abort();
  }
}
