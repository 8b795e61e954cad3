// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.store.BlobSink;
import dev.divan.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a blob to a file of its own until it is published. */
final class FileBlobSink implements BlobSink {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.store");

  // Spares a system call for writes smaller than this; each open sink holds one.
  private static final int BUFFER = 8 << 10;

  private final FileBlobs blobs;
  private final Path path;
  private final FileOutputStream file;
  private final OutputStream buffer;
  private boolean ended;

  FileBlobSink(FileBlobs blobs, Path path) throws IOException {
    this.blobs = blobs;
    this.path = path;
    this.file = new FileOutputStream(path.toFile());
    this.buffer = new BufferedOutputStream(file, BUFFER);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    check();
    blobs.attempt(
        () -> {
          buffer.write(bytes, offset, length);
          return true;
        });
  }

  @Override
  public void publish(byte[] key) {
    check();
    FileBlobs.checkKey(key);
    blobs.attempt(
        () -> {
          buffer.flush();
          if (blobs.synced()) {
            file.getFD().sync();
          }
          file.close();
          blobs.adopt(path, key);
          ended = true;
          return true;
        });
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      file.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("{} is left over; it goes when its space is opened again", path, e);
    }
  }

  private void check() {
    if (ended) {
      throw new StoreException("The blob has been published or discarded");
    }
  }
}
