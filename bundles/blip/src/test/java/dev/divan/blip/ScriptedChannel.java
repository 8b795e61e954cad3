// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.PeerFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A channel whose other end is the test. */
final class ScriptedChannel implements Channel {
  final List<byte[]> sent = new ArrayList<>();
  final List<Integer> batches = new ArrayList<>();
  final Queue<Runnable> unwritten = new ArrayDeque<>();
  boolean writing = true;
  int resumed;
  @Nullable Receiver receiver;
  @Nullable Closure closed;

  @Override
  public String protocol() {
    return "BLIP_3+CBMobile_3";
  }

  @Override
  public String remote() {
    return "test";
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
  public void start(Receiver to) {
    receiver = to;
  }

  @Override
  public void resume() {
    resumed++;
  }

  @Override
  public void send(List<byte[]> frames, Runnable written) {
    if (closed == null) {
      sent.addAll(frames);
      batches.add(frames.size());
    }
    if (writing) {
      written.run();
    } else {
      unwritten.add(written);
    }
  }

  /** Lets the network take what was handed over. */
  void write() {
    for (Runnable r; (r = unwritten.poll()) != null; ) {
      r.run();
    }
  }

  @Override
  public void close(int code, String reason) {
    if (closed == null) {
      closed = new Closure(code, reason, false, null);
    }
  }

  @Override
  public void abort() {
    close(Closure.ABNORMAL, "");
  }
}
