// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: stands still until told to go on. Tasks run on the thread that turns the clock, in
 * order of due time, so that a run repeats exactly.
 */
public final class ManualTimeline implements Timeline {
  private record Entry(Duration due, long number, Runnable task) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private Duration now = Duration.ZERO;
  private long number;

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    entries.add(new Entry(now.plus(delay), number++, task));
  }

  @Override
  public synchronized Duration now() {
    return now;
  }

  /** Lets time pass, running all that falls due, also what was added meanwhile. */
  public void advance(Duration by) {
    Duration until = now().plus(by);
    for (Entry next = poll(until); next != null; next = poll(until)) {
      next.task().run();
    }
    synchronized (this) {
      now = until;
    }
  }

  private synchronized @Nullable Entry poll(Duration until) {
    Entry next = entries.peek();
    if (next == null || next.due().compareTo(until) > 0) {
      return null;
    }
    entries.poll();
    now = next.due();
    return next;
  }
}
