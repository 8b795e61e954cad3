// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import dev.divan.store.StoreException;
import dev.divan.store.files.Durability;
import dev.divan.store.files.FolderSpace;
import dev.divan.store.files.FolderStore;
import java.nio.file.Path;

/** A directory of spaces, one Xodus environment each. */
public final class XodusStore extends FolderStore {
  /** Enough for the upper levels of the trees; the rest is the operating system's to cache. */
  public static final int DEFAULT_CACHE_MB = 16;

  private final int cacheSizeMB;

  /** Opens a store that syncs every commit. */
  public XodusStore(Path directory) {
    this(directory, Durability.COMMIT, DEFAULT_CACHE_MB);
  }

  /**
   * Opens a store.
   *
   * @param directory created if it is not there
   * @param cacheSizeMB heap for cached pages in MB, shared by all Xodus stores of this process; the
   *     first to open a space decides
   * @throws StoreException if the directory cannot be created or listed
   */
  public XodusStore(Path directory, Durability durability, int cacheSizeMB) {
    super(directory, durability);
    this.cacheSizeMB = cacheSizeMB;
  }

  @Override
  protected FolderSpace open(String name, Path folder, Durability durability, Runnable closed) {
    return XodusSpace.open(name, folder, durability, cacheSizeMB, closed);
  }
}
