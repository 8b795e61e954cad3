// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import dev.divan.store.StoreException;
import dev.divan.store.files.Durability;
import dev.divan.store.files.FolderSpace;
import dev.divan.store.files.FolderStore;
import java.nio.file.Path;

/** A directory of spaces, one MVStore each. */
public final class MVSpaces extends FolderStore {
  /** Pages of one space on the heap; the operating system caches the rest. */
  public static final int DEFAULT_CACHE_MB = 16;

  private final int cacheSizeMB;

  /** Opens a store that syncs every commit. */
  public MVSpaces(Path directory) {
    this(directory, Durability.COMMIT, DEFAULT_CACHE_MB);
  }

  /**
   * Opens a store.
   *
   * @param directory created if it is not there
   * @param cacheSizeMB heap for cached pages of each open space, in MB
   * @throws StoreException if the directory cannot be created or listed
   */
  public MVSpaces(Path directory, Durability durability, int cacheSizeMB) {
    super(directory, durability);
    this.cacheSizeMB = cacheSizeMB;
  }

  @Override
  protected FolderSpace open(String name, Path folder, Durability durability, Runnable closed) {
    return MVSpace.open(name, folder, durability, cacheSizeMB, closed);
  }
}
