// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;

/** The entries as of one commit. MVStore overwrites none of its pages while somebody holds it. */
final class Committed {
  private final MVStore store;
  private final RootReference<byte[], byte[]> root;
  private final MVStore.TxCounter usage;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Holds what the map has now; to be called by the writer, when nothing is half written. */
  Committed(MVMap<byte[], byte[]> map) {
    this.store = map.getStore();
    this.usage = store.registerVersionUsage();
    this.root = map.flushAndGetRoot();
  }

  RootReference<byte[], byte[]> root() {
    return root;
  }

  /** Holds it once more; false if everybody has let go. */
  boolean hold() {
    while (true) {
      int now = holders.get();
      if (now == 0) {
        return false;
      }
      if (holders.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      store.deregisterVersionUsage(usage);
    }
  }
}
