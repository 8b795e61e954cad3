// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** Opens MVStore the way this store uses it. */
final class Engine {
  // A commit rewrites the pages on the way to what it changes, so small ones make small commits;
  // large ones make fast scans.
  private static final int PAGE_BYTES = 4 << 10;

  private Engine() {}

  static MVStore open(Path file, int cacheSizeMB) throws IOException {
    SpaceFile opened =
        new SpaceFile(file, Map.of("cacheSize", cacheSizeMB, "pageSplitSize", PAGE_BYTES));
    MVStore store =
        new MVStore.Builder()
            .adoptFileStore(opened)
            // A half-written transaction must never be stored: commits are ours alone.
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open();
    // What may be overwritten is said by the commits that are held, not by the clock.
    store.setRetentionTime(0);
    store.setVersionsToKeep(0);
    return store;
  }

  static MVMap<byte[], byte[]> entries(MVStore store) {
    return store.openMap(
        "entries",
        new MVMap.Builder<byte[], byte[]>()
            .keyType(ByteArrayDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }
}
