// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.PeerFacts;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** One of two channels joined in memory; each has a thread that delivers what arrives. */
final class Joined implements Channel {
  private record Batch(List<byte[]> frames, Runnable written, Closure end) {}

  private final LinkedBlockingQueue<Batch> arriving = new LinkedBlockingQueue<>();
  private final Semaphore more = new Semaphore(0);
  private final String name;
  private Joined other;
  private boolean ended;

  private Joined(String name) {
    this.name = name;
  }

  static Joined[] pair() {
    Joined left = new Joined("left");
    Joined right = new Joined("right");
    left.other = right;
    right.other = left;
    return new Joined[] {left, right};
  }

  @Override
  public String protocol() {
    return "BLIP_3+CBMobile_3";
  }

  @Override
  public String remote() {
    return other.name;
  }

  @Override
  public PeerFacts peer() {
    return new PeerFacts(null, List.of());
  }

  @Override
  public boolean metered() {
    return false;
  }

  @Override
  public void start(Receiver receiver) {
    Thread thread = new Thread(() -> deliver(receiver), "network-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void deliver(Receiver receiver) {
    try {
      for (; ; ) {
        Batch batch = arriving.take();
        if (batch.end != null) {
          receiver.closed(batch.end);
          return;
        }
        batch.written.run();
        for (byte[] frame : batch.frames) {
          more.drainPermits();
          if (!receiver.received(frame)) {
            more.acquire();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void resume() {
    more.release();
  }

  @Override
  public void send(List<byte[]> frames, Runnable written) {
    other.arriving.add(new Batch(frames, written, null));
  }

  @Override
  public synchronized void close(int code, String reason) {
    if (!ended) {
      ended = true;
      other.peerCloses(code, reason);
      arriving.add(new Batch(List.of(), () -> {}, new Closure(code, reason, false, null)));
    }
  }

  private void peerCloses(int code, String reason) {
    ended = true;
    arriving.add(new Batch(List.of(), () -> {}, new Closure(code, reason, true, null)));
  }

  @Override
  public void abort() {
    close(Closure.ABNORMAL, "");
  }
}
