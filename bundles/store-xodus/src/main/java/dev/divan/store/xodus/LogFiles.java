// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import dev.divan.store.files.Disk;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import jetbrains.exodus.ExodusException;
import jetbrains.exodus.OutOfDiskSpaceException;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.DataWriter;
import jetbrains.exodus.io.FileDataReader;
import jetbrains.exodus.io.RemoveBlockType;
import jetbrains.exodus.log.LogUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of Xodus.
 *
 * <p>Xodus has a writer of its own, but that syncs through a channel, which an interrupt of the
 * calling thread closes; it then takes the commit for durable although nothing was synced. This one
 * uses no channel. Xodus calls it from one thread at a time; {@link #sync} may come from any.
 */
final class LogFiles implements DataWriter {
  private final FileDataReader reader;
  private final Path folder;
  private @Nullable RandomAccessFile file;
  private @Nullable Block block;

  LogFiles(FileDataReader reader) {
    this.reader = reader;
    this.folder = reader.getDir().toPath();
  }

  @Override
  public synchronized boolean isOpen() {
    return file != null;
  }

  @Override
  public synchronized Block write(byte[] bytes, int offset, int length) {
    RandomAccessFile open = file;
    Block current = block;
    if (open == null || current == null) {
      throw new ExodusException("No file is open for writing in " + folder);
    }
    try {
      open.write(bytes, offset, length);
    } catch (IOException e) {
      if (folder.toFile().getUsableSpace() < length) {
        throw new OutOfDiskSpaceException(e);
      }
      throw new ExodusException("Writing in " + folder + " failed: " + e.getMessage(), e);
    }
    return current;
  }

  @Override
  public synchronized void sync() {
    if (file != null) {
      attempt("Syncing", () -> file.getFD().sync());
    }
  }

  @Override
  public void syncDirectory() {
    attempt("Syncing", () -> Disk.sync(folder));
  }

  @Override
  public synchronized void close() {
    RandomAccessFile open = file;
    file = null;
    block = null;
    if (open != null) {
      attempt("Closing a file", open::close);
    }
  }

  @Override
  public void clear() {
    close();
    for (File each : LogUtil.listFiles(folder.toFile())) {
      attempt("Deleting a file", () -> Files.deleteIfExists(each.toPath()));
    }
  }

  @Override
  public synchronized Block openOrCreateBlock(long address, long length) {
    if (file != null) {
      throw new IllegalStateException("Another file is open for writing in " + folder);
    }
    FileDataReader.FileBlock opened = new FileDataReader.FileBlock(address, reader);
    attempt(
        "Opening a file",
        () -> {
          RandomAccessFile open = new RandomAccessFile(opened, "rw");
          file = open;
          if (open.length() != length) {
            open.setLength(length);
            open.getFD().sync();
          }
          open.seek(length);
        });
    block = opened;
    return opened;
  }

  @Override
  public void removeBlock(long address, RemoveBlockType type) {
    FileDataReader.FileBlock removed = new FileDataReader.FileBlock(address, reader);
    attempt(
        "Deleting a file",
        () -> {
          reader.close(); // lets go of the files it keeps open

          Files.delete(removed.toPath());
        });
  }

  @Override
  public void truncateBlock(long address, long length) {
    FileDataReader.FileBlock truncated = new FileDataReader.FileBlock(address, reader);
    attempt(
        "Truncating a file",
        () -> {
          reader.close();
          try (RandomAccessFile open = new RandomAccessFile(truncated, "rw")) {
            open.setLength(length);
            open.getFD().sync();
          }
        });
  }

  // The space holds a FolderLock before it opens the log, and longer.

  @Override
  public boolean lock(long timeout) {
    return true;
  }

  @Override
  public boolean release() {
    return true;
  }

  @Override
  public String lockInfo() {
    return "";
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(String what, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new ExodusException(what + " in " + folder + " failed: " + e.getMessage(), e);
    }
  }
}
