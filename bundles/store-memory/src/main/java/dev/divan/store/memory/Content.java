// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.Blobs.BlobKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a space holds; outlives each opening of it. */
final class Content {
  /** The last commit. Set only by the one write that runs. */
  volatile @Nullable Tree tree;

  final Map<BlobKey, MemoryBlob> blobs = new ConcurrentHashMap<>();
}
