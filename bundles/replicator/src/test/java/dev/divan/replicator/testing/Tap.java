// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Dialer;
import dev.divan.transport.PeerFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A dialer that counts, by profile, the messages that pass through the channels it opens. */
public final class Tap implements Dialer {
  private static final byte[] PROFILE = "Profile\0".getBytes(StandardCharsets.US_ASCII);

  private final Dialer dialer;
  private final Map<String, Integer> sent = new ConcurrentHashMap<>();
  private final Map<String, Integer> received = new ConcurrentHashMap<>();
  private final AtomicInteger frames = new AtomicInteger();

  public Tap(Dialer dialer) {
    this.dialer = dialer;
  }

  public int sent(String profile) {
    return sent.getOrDefault(profile, 0);
  }

  public int received(String profile) {
    return received.getOrDefault(profile, 0);
  }

  public int frames() {
    return frames.get();
  }

  @Override
  public CompletableFuture<Channel> dial(DialRequest request) {
    return dialer.dial(request).thenApply(Tapped::new);
  }

  private void count(Map<String, Integer> counts, byte[] frame) {
    frames.incrementAndGet();
    int at = 0;
    while (at < frame.length && frame[at] < 0) at++;
    at++;
    if (at >= frame.length || (frame[at] & 0x0F) != 0) return;
    at++;
    while (at < frame.length && frame[at] < 0) at++;
    at++;
    for (byte expected : PROFILE) if (at >= frame.length || frame[at++] != expected) return;
    int end = at;
    while (end < frame.length && frame[end] != 0) end++;
    counts.merge(new String(frame, at, end - at, StandardCharsets.UTF_8), 1, Integer::sum);
  }

  private final class Tapped implements Channel {
    private final Channel channel;

    Tapped(Channel channel) {
      this.channel = channel;
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
    public void start(Receiver receiver) {
      channel.start(
          new Receiver() {
            @Override
            public boolean received(byte[] frame) {
              count(received, frame);
              return receiver.received(frame);
            }

            @Override
            public void closed(Closure closure) {
              receiver.closed(closure);
            }
          });
    }

    @Override
    public void resume() {
      channel.resume();
    }

    @Override
    public void send(List<byte[]> sending, Runnable written) {
      for (byte[] frame : sending) count(sent, frame);
      channel.send(sending, written);
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
}
