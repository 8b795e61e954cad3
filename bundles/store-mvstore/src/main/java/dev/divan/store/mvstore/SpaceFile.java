// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;

/**
 * The file of an MVStore.
 *
 * <p>MVStore has one of its own, but an interrupt of a calling thread closes that, and the space
 * with it. This one opens the file again and repeats the step. It does not lock the file: the space
 * holds the lock of its folder before it opens this, and longer.
 */
final class SpaceFile extends RandomAccessStore {
  private final Path path;
  private FileChannel channel;
  private boolean closed;

  SpaceFile(Path path, Map<String, Object> config) throws IOException {
    super(config);
    this.path = path;
    this.channel = opened();
    init(path.toString(), false);
    saveChunkLock.lock();
    try {
      setSize(channel.size());
    } finally {
      saveChunkLock.unlock();
    }
  }

  /** Bytes written since it was opened. */
  long written() {
    return writeBytes.get();
  }

  private FileChannel opened() throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  private interface Step {
    void run(FileChannel file) throws IOException;
  }

  private void attempt(int error, String what, Step step) {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        FileChannel file = current();
        try {
          step.run(file);
          return;
        } catch (ClosedChannelException closedByAnInterrupt) {
          // Of this thread or of another: the next turn opens the file again, unless it is at rest.
          continue;
        }
      }
    } catch (IOException e) {
      throw failure(error, what, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized FileChannel current() throws IOException {
    if (!channel.isOpen()) {
      if (closed) {
        throw new IOException("the file is closed");
      }
      channel = opened();
    }
    return channel;
  }

  private MVStoreException failure(int error, String what, IOException cause) {
    return DataUtils.newMVStoreException(error, "{0} {1} failed", what, path, cause);
  }

  @Override
  public ByteBuffer readFully(SFChunk chunk, long position, int length) {
    ByteBuffer target = ByteBuffer.allocate(length);
    attempt(
        DataUtils.ERROR_READING_FAILED,
        "reading",
        file -> {
          target.clear();
          while (target.hasRemaining()) {
            if (file.read(target, position + target.position()) < 0) {
              throw new IOException("the file ends before " + (position + length));
            }
          }
        });
    readCount.incrementAndGet();
    readBytes.addAndGet(length);
    return target.rewind();
  }

  @Override
  protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
    int length = source.remaining();
    int start = source.position();
    setSize(Math.max(size(), position + length));
    attempt(
        DataUtils.ERROR_WRITING_FAILED,
        "writing",
        file -> {
          source.position(start);
          while (source.hasRemaining()) {
            file.write(source, position + source.position() - start);
          }
        });
    writeCount.incrementAndGet();
    writeBytes.addAndGet(length);
  }

  @Override
  public void sync() {
    attempt(DataUtils.ERROR_WRITING_FAILED, "syncing", file -> file.force(true));
  }

  @Override
  protected void truncate(long size) {
    attempt(DataUtils.ERROR_WRITING_FAILED, "truncating", file -> file.truncate(size));
    setSize(Math.min(size(), size));
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      try {
        channel.close();
      } catch (IOException e) {
        throw failure(DataUtils.ERROR_WRITING_FAILED, "closing", e);
      }
    }
    super.close();
  }

  @Override
  public void open(String fileName, boolean readOnly, char[] encryptionKey) {
    // it has been opened by its maker
  }

  @Override
  public FileStore<SFChunk> open(String fileName, boolean readOnly) {
    throw new UnsupportedOperationException("compacting into another file");
  }

  @Override
  public void backup(ZipOutputStream out) {
    throw new UnsupportedOperationException("backup of an open space");
  }
}
