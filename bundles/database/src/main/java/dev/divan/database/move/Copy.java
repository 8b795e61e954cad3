// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.database.keys.Keys;
import dev.divan.store.Blobs.BlobKey;
import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies entries in the order of their keys, in steps, each from a snapshot of its own. What the
 * trail says was written behind the place reached is copied again. For one thread.
 */
final class Copy {

  /** Bytes of one step; twice what may be written meanwhile, so that the copy gains. */
  private static final long STEP = 2 * Trail.ROOM;

  /** Entries counted in one snapshot. */
  private static final int PAGE = 20_000;

  private final MovableSpace source;
  private final Space target;
  private final Trail trail;
  private final Runnable check;
  private final Consumer<? super Progress> listener;

  private final NavigableSet<byte[]> pending = Trail.fresh();
  private byte @Nullable [] place = {};
  private long documents;
  private long allDocuments;
  private long blobs;
  private long allBlobs;

  Copy(
      MovableSpace source,
      Space target,
      Trail trail,
      Runnable check,
      Consumer<? super Progress> listener) {
    this.source = source;
    this.target = target;
    this.trail = trail;
    this.check = check;
    this.listener = listener;
  }

  private record Entry(byte[] key, byte @Nullable [] value) {
    long weight() {
      return Trail.ENTRY + key.length + (value == null ? 0 : value.length);
    }
  }

  Progress progress() {
    return new Progress(documents, allDocuments, blobs, allBlobs);
  }

  /** All there is, once. */
  void everything() {
    allDocuments = count();
    Set<BlobKey> keys = source.blobs().keys();
    allBlobs = keys.size();
    for (BlobKey key : keys) {
      copy(key);
      blobs++;
      listener.accept(progress());
    }
    while (place != null) {
      step();
      listener.accept(progress());
    }
  }

  /** What has been written since. Tells nobody, because writers may be waiting for it. */
  void catchUp() {
    trail.takeBlobs().forEach(this::copy);
    do {
      step();
    } while (!pending.isEmpty());
  }

  /** About how many bytes there are to catch up with; only while nobody writes. */
  long left() {
    long bytes = trail.written();
    for (BlobKey key : trail.blobs()) {
      bytes += Math.max(0, source.blobs().length(key.bytes()));
    }
    return bytes;
  }

  private void copy(BlobKey key) {
    check.run();
    MovableBlobs.copy(source.residence().space(), target, key.bytes(), this::isOver);
  }

  private boolean isOver() {
    check.run();
    return false;
  }

  private void step() {
    check.run();
    byte[] reached = place;
    pending.addAll(source.between(() -> trail.take(reached)));
    List<Entry> entries = source.read(this::gather);
    if (!entries.isEmpty()) {
      target.write(
          transaction -> {
            for (Entry entry : entries) {
              if (entry.value == null) {
                transaction.delete(entry.key);
              } else {
                transaction.put(entry.key, entry.value);
              }
            }
            return true;
          });
    }
  }

  /** The next entries; takes them from what is pending and moves the place. */
  private List<Entry> gather(Snapshot snapshot) {
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    while (!pending.isEmpty() && bytes < STEP) {
      byte[] key = pending.pollFirst();
      if (!isStanding(key)) {
        Entry entry = new Entry(key, snapshot.get(key));
        entries.add(entry);
        bytes += entry.weight();
      }
    }
    byte[] from = place;
    if (from == null || bytes >= STEP) {
      return entries;
    }
    try (Cursor cursor = snapshot.scan(Arrays.copyOf(from, from.length + 1), null)) {
      while (bytes < STEP) {
        if (!cursor.next()) {
          place = null;
          return entries;
        }
        byte[] key = cursor.key();
        place = key;
        if (!isStanding(key)) {
          Entry entry = new Entry(key, cursor.value());
          entries.add(entry);
          bytes += entry.weight();
          documents += Keys.isDocument(key) ? 1 : 0;
        }
      }
    }
    return entries;
  }

  /** Each copy has its own. */
  private static boolean isStanding(byte[] key) {
    return Arrays.equals(key, Keys.standing());
  }

  /** Every document has one change. */
  private long count() {
    long count = 0;
    byte[] from = Keys.changes();
    while (from != null) {
      check.run();
      Counted page = counted(from);
      count += page.count;
      from = page.next;
    }
    return count;
  }

  private record Counted(int count, byte @Nullable [] next) {}

  private Counted counted(byte[] from) {
    return source.read(
        snapshot -> {
          int count = 0;
          try (Cursor cursor = snapshot.scan(from, Keys.after(Keys.changes()))) {
            while (cursor.next()) {
              count++;
              if (count == PAGE) {
                byte[] key = cursor.key();
                return new Counted(count, Arrays.copyOf(key, key.length + 1));
              }
            }
          }
          return new Counted(count, null);
        });
  }
}
