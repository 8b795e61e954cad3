// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps a space to one process, and within it to one opening. The lock dies with the process. */
public final class FolderLock implements AutoCloseable {
  private static final String FILE = "in-use";

  private final RandomAccessFile file;

  private FolderLock(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Locks a folder, which must be there.
   *
   * @throws StoreException in words for an operator, if somebody else holds it, or it cannot be
   *     written to
   */
  public static FolderLock of(Path folder) {
    // An interrupt would close the channel under the lock: keep it off until the lock is held.
    boolean interrupted = Thread.interrupted();
    try {
      RandomAccessFile file = new RandomAccessFile(folder.resolve(FILE).toFile(), "rw");
      try {
        FileLock lock = tryLock(file);
        if (lock == null) {
          String holder = file.readLine();
          throw new StoreException(
              "The directory "
                  + folder
                  + " is in use by "
                  + (holder == null || holder.isBlank() ? "another process" : holder)
                  + ". Stop that one, or give this store another directory.");
        }
        file.setLength(0);
        file.write(
            ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8));
        return new FolderLock(file);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(
          "The directory " + folder + " cannot be locked: " + e + ". Check its permissions.", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @SuppressWarnings("resource")
  private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
    try {
      return file.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Lets go of it.
   *
   * @throws StoreException if the system refuses that
   */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreException("The lock of a space cannot be released", e);
    }
  }
}
