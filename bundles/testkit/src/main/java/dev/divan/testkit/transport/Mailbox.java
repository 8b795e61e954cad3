// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.transport;

import dev.divan.testkit.await.Await;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A receiver that keeps what it gets, checks the rules of {@link Channel.Receiver} as it goes, and
 * lets a test wait. Says stop after each frame while {@link #stopping} is set.
 */
public final class Mailbox implements Channel.Receiver {
  private final List<byte[]> frames = new ArrayList<>();
  private final List<String> offences = new ArrayList<>();
  private long bytes;
  private int closures;
  private @Nullable Closure closure;
  private boolean busy;
  private boolean stopped;
  private boolean stopping;

  @Override
  public boolean received(byte[] frame) {
    enter();
    synchronized (this) {
      if (stopped) {
        offences.add("a frame came after stop");
      }
      if (closure != null) {
        offences.add("a frame came after the end");
      }
      frames.add(frame);
      bytes += frame.length;
      busy = false;
      stopped = stopping;
      return !stopped;
    }
  }

  @Override
  public void closed(Closure end) {
    enter();
    synchronized (this) {
      closures++;
      if (closures > 1) {
        offences.add("the end was told twice");
      }
      closure = end;
      busy = false;
    }
  }

  private synchronized void enter() {
    if (busy) {
      offences.add("called by two threads at a time");
    }
    busy = true;
  }

  /** From the next frame on, says stop (or no longer does). */
  public synchronized void stopping(boolean value) {
    stopping = value;
  }

  /** To be called before {@link Channel#resume()}: more frames are welcome. */
  public synchronized void welcome() {
    stopped = false;
  }

  public synchronized int count() {
    return frames.size();
  }

  public synchronized long bytes() {
    return bytes;
  }

  public synchronized byte[] frame(int index) {
    return frames.get(index);
  }

  public synchronized List<byte[]> frames() {
    return List.copyOf(frames);
  }

  /** Broken rules, in words. */
  public synchronized List<String> offences() {
    return List.copyOf(offences);
  }

  public synchronized boolean ended() {
    return closure != null;
  }

  /** Waits until so many frames came in all. */
  public void awaitCount(int count) {
    Await.until(() -> count + " frames; " + state(), () -> count() >= count);
  }

  /** Waits for the end. */
  public Closure awaitEnd() {
    Await.until(() -> "the end; " + state(), this::ended);
    synchronized (this) {
      return Objects.requireNonNull(closure);
    }
  }

  private synchronized String state() {
    return "got " + frames.size() + ", end " + closure;
  }
}
