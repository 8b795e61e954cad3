// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.store.Blobs.BlobKey;
import dev.divan.store.Cursor;
import dev.divan.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was written since the copy last looked: keys, and keys of blobs. The keys of entries belong
 * to who may write.
 */
final class Trail {

  /** Written while one step is copied; trades how long saves wait against how fast a copy gains. */
  static final long ROOM = 2 << 20;

  /** The same when only the last changes are left to copy, so that soon few of them are. */
  static final long LITTLE_ROOM = 256 << 10;

  /** What an entry weighs beside its bytes. */
  static final int ENTRY = 64;

  private final Set<BlobKey> blobs = ConcurrentHashMap.newKeySet();
  private NavigableSet<byte[]> keys = fresh();
  private long written;
  private long room = ROOM;

  static NavigableSet<byte[]> fresh() {
    return new TreeSet<>(Arrays::compareUnsigned);
  }

  boolean isFull() {
    return written >= room;
  }

  long written() {
    return written;
  }

  void narrow() {
    room = LITTLE_ROOM;
  }

  /** Runs a write, and notes its keys if it succeeds. */
  <T> T note(Function<Notes, T> write) {
    Notes notes = new Notes();
    T result = write.apply(notes);
    keys.addAll(notes.keys);
    written += notes.bytes;
    return result;
  }

  /** Takes the keys written so far that are not after a place; those after it are met later. */
  NavigableSet<byte[]> take(byte @Nullable [] place) {
    NavigableSet<byte[]> taken = place == null ? keys : keys.headSet(place, true);
    keys = fresh();
    written = 0;
    return taken;
  }

  void noteBlob(byte[] key) {
    blobs.add(new BlobKey(key.clone()));
  }

  /** Takes the blobs that came or went. */
  Set<BlobKey> takeBlobs() {
    Set<BlobKey> taken = new HashSet<>(blobs);
    blobs.removeAll(taken);
    return taken;
  }

  /** The blobs that came or went. */
  Set<BlobKey> blobs() {
    return blobs;
  }

  /** Of one write, which the store may run more than once; the last run counts. */
  static final class Notes {
    private final List<byte[]> keys = new ArrayList<>();
    private long bytes;

    Transaction on(Transaction transaction) {
      keys.clear();
      bytes = 0;
      return new Noting(transaction);
    }

    private final class Noting implements Transaction {
      private final Transaction below;

      Noting(Transaction below) {
        this.below = below;
      }

      @Override
      public byte @Nullable [] get(byte[] key) {
        return below.get(key);
      }

      @Override
      public Cursor scan(byte[] from, byte @Nullable [] to) {
        return below.scan(from, to);
      }

      @Override
      public void put(byte[] key, byte[] value) {
        below.put(key, value);
        noted(key, value.length);
      }

      @Override
      public void delete(byte[] key) {
        below.delete(key);
        noted(key, 0);
      }

      private void noted(byte[] key, int length) {
        keys.add(key.clone());
        bytes += ENTRY + key.length + length;
      }
    }
  }
}
