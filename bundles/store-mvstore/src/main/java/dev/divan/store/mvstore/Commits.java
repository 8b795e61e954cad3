// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import java.util.NavigableMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits to one MVStore: the last one, which readers hold, and the last one on the disk, whose
 * pages are not overwritten before a later one is there too. Commits come from one thread at a
 * time; the rest may be called by all.
 */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.store");

  // MVStore never compacts by itself here. Every so many bytes written, pages still in use are
  // moved out of chunks that are mostly unused: trades time of commits for room on the disk.
  private static final long COMPACT_EVERY = 8 << 20;
  private static final int COMPACT_BYTES = 4 << 20;
  private static final int COMPACT_BELOW_PERCENT = 50;

  private final MVStore store;
  private final MVMap<byte[], byte[]> map;
  private long writtenAtCompaction;

  // Both guarded by this object; replaced by the writer.
  private Committed last;
  private Committed synced;
  private @Nullable Throwable failure;

  Commits(MVStore store) {
    this.store = store;
    this.map = Engine.entries(store);
    store.commit();
    store.sync();
    this.last = new Committed(map);
    this.synced = new Committed(map);
  }

  MVMap<byte[], byte[]> map() {
    return map;
  }

  /** The last commit, to be released. */
  synchronized Committed held() {
    check();
    last.hold();
    return last;
  }

  /** Commits what has been written. */
  void commit(NavigableMap<byte[], Work.Written> entries, boolean sync) {
    check();
    try {
      entries.forEach(
          (key, written) -> {
            if (written.value() != null) {
              map.put(key, written.value());
            } else {
              map.remove(key);
            }
          });
      store.commit();
      if (sync) {
        store.sync();
      }
    } catch (RuntimeException | Error e) {
      failed(e);
      throw e;
    }
    synchronized (this) {
      Committed before = last;
      last = new Committed(map);
      before.release();
      if (sync) {
        onDisk(last);
      }
    }
    compact();
  }

  private void onDisk(Committed commit) {
    Committed before = synced;
    commit.hold();
    synced = commit;
    before.release();
  }

  /** Half of a commit may stand in the map now: nothing must be built on it. */
  private synchronized void failed(Throwable e) {
    failure = e;
  }

  private synchronized void check() {
    if (failure != null) {
      throw new IllegalStateException("an earlier commit failed: " + failure.getMessage(), failure);
    }
  }

  private void compact() {
    long written = store.getFileStore() instanceof SpaceFile file ? file.written() : 0;
    if (written - writtenAtCompaction < COMPACT_EVERY) {
      return;
    }
    writtenAtCompaction = written;
    boolean interrupted = Thread.interrupted();
    try {
      // What it moves is stored with the next commit.
      store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof InterruptedException) {
        // It had not begun. Another time.
        interrupted = true;
      } else {
        // The commit before it is safe.
        LOG.error("{} cannot be compacted; it takes no more work", store.getFileStore(), e);
        failed(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Brings what has been committed to the disk. */
  void sync() {
    Committed held = held();
    try {
      store.sync();
      synchronized (this) {
        onDisk(held);
      }
    } finally {
      held.release();
    }
  }

  void close() {
    Committed lastHeld;
    boolean clean;
    synchronized (this) {
      lastHeld = last;
      clean = failure == null;
    }
    if (!clean) {
      store.closeImmediately();
      return;
    }
    lastHeld.release();
    synced.release();
    store.close();
  }
}
