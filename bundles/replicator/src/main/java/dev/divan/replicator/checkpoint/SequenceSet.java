// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Which local sequences still have to be pushed. All up to {@link #scanned} have been looked at;
 * those of them that are pending have been read but not yet settled.
 *
 * <p>Not thread-safe.
 */
public final class SequenceSet {
  private final TreeSet<Long> pending = new TreeSet<>();
  private long scanned;

  public SequenceSet(long scanned) {
    this.scanned = scanned;
  }

  /** Everything up to here has been looked at. */
  public void scannedTo(long sequence) {
    if (sequence > scanned) scanned = sequence;
  }

  public long scanned() {
    return scanned;
  }

  public void add(long sequence) {
    pending.add(sequence);
    scannedTo(sequence);
  }

  public void remove(long sequence) {
    pending.remove(sequence);
  }

  public int pendingCount() {
    return pending.size();
  }

  /** The highest N such that all up to N are settled. */
  public long settled() {
    return pending.isEmpty() ? scanned : pending.first() - 1;
  }

  /**
   * The settled sequences as ranges of start and count, beginning with 0 as the wire has it; at
   * most so many ranges, the later ones left out.
   */
  public List<long[]> ranges(int limit) {
    List<long[]> ranges = new ArrayList<>();
    long start = 0;
    for (long open : pending) {
      if (ranges.size() == limit) return ranges;
      if (open > start) ranges.add(new long[] {start, open - start});
      start = open + 1;
    }
    if (start <= scanned && ranges.size() < limit)
      ranges.add(new long[] {start, scanned - start + 1});
    return ranges;
  }

  /** The set that has these ranges settled, and nothing else up to the last of them. */
  public static SequenceSet ofRanges(List<long[]> ranges) {
    SequenceSet set = new SequenceSet(0);
    long next = 0;
    for (long[] range : ranges) {
      for (long gap = next; gap < range[0]; gap++) set.add(gap);
      next = range[0] + range[1];
    }
    set.scannedTo(Math.max(0, next - 1));
    return set;
  }

  /** What is settled in both. */
  public static SequenceSet intersection(SequenceSet one, SequenceSet other) {
    SequenceSet both = new SequenceSet(Math.min(one.scanned, other.scanned));
    for (long sequence : one.pending) if (sequence <= both.scanned) both.pending.add(sequence);
    for (long sequence : other.pending) if (sequence <= both.scanned) both.pending.add(sequence);
    return both;
  }

  /** Whether a sequence is settled. */
  public boolean contains(long sequence) {
    return sequence <= scanned && !pending.contains(sequence);
  }

  /** The sequences read but not settled, as they must be read again after a restart. */
  public List<Long> pending() {
    return List.copyOf(pending);
  }
}
