// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.store.BlobSink;
import dev.divan.store.Blobs;
import dev.divan.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as files: {@code xx/HEX}, where HEX is the key in hexadecimal and xx its first two digits.
 * What is not published yet lies in {@code .incoming}, and is removed at opening.
 */
public final class FileBlobs implements Blobs {
  private static final HexFormat HEX = HexFormat.of();
  private static final int MAX_KEY = 64;

  private final Path folder;
  private final Path incoming;
  private final Gate gate;
  private final boolean synced;

  /**
   * Blobs in a folder for as long as the gate is open.
   *
   * @param folder created if it is not there; what was never published is removed
   * @param durability {@link Durability#COMMIT}: a blob is on the disk before publishing returns
   */
  public FileBlobs(Path folder, Gate gate, Durability durability) throws IOException {
    this.folder = folder;
    this.incoming = folder.resolve(".incoming");
    this.gate = gate;
    this.synced = durability == Durability.COMMIT;
    Disk.create(folder);
    Disk.deleteAll(incoming);
    Disk.create(incoming);
  }

  @Override
  public long length(byte[] key) {
    return attempt(
        () -> {
          try {
            return isKey(key) ? Files.size(file(key)) : -1;
          } catch (NoSuchFileException e) {
            return -1L;
          }
        });
  }

  @Override
  public @Nullable InputStream open(byte[] key) {
    Optional<InputStream> stream =
        attempt(
            () -> {
              try {
                return isKey(key) ? Optional.of(Files.newInputStream(file(key))) : Optional.empty();
              } catch (NoSuchFileException e) {
                return Optional.empty();
              }
            });
    return stream.orElse(null);
  }

  @Override
  public BlobSink create() {
    return attempt(() -> new FileBlobSink(this, incoming.resolve(UUID.randomUUID().toString())));
  }

  @Override
  public boolean delete(byte[] key) {
    return attempt(() -> isKey(key) && Files.deleteIfExists(file(key)));
  }

  @Override
  public Set<BlobKey> keys() {
    return attempt(
        () -> {
          Set<BlobKey> keys = new HashSet<>();
          try (Stream<Path> folders = Files.list(folder)) {
            for (Path each : folders.filter(path -> !path.equals(incoming)).toList()) {
              try (Stream<Path> files = Files.list(each)) {
                files.forEach(file -> keys.add(keyOf(file)));
              }
            }
          }
          return keys;
        });
  }

  /** Makes a file that is complete and closed the blob of a key, unless there is one. */
  void adopt(Path complete, byte[] key) throws IOException {
    Path file = file(key);
    Path shard = folder.resolve(file.getName(file.getNameCount() - 2));
    createShard(shard);
    if (Files.exists(file)) {
      Files.delete(complete);
    } else {
      Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
    }
    if (synced) {
      Disk.sync(shard);
    }
  }

  /** One at a time: who finds the folder there may rely on its name being durable. */
  private synchronized void createShard(Path shard) throws IOException {
    if (synced) {
      Disk.create(shard);
    } else {
      Files.createDirectories(shard);
    }
  }

  boolean synced() {
    return synced;
  }

  interface Step<T> {
    T run() throws IOException;
  }

  /** Runs a step while the space is open. */
  <T> T attempt(Step<T> step) {
    gate.enter();
    try {
      return step.run();
    } catch (IOException e) {
      throw new StoreException(
          "A blob in " + folder + " cannot be read or written: " + e + ". Check free room.", e);
    } finally {
      gate.leave();
    }
  }

  static void checkKey(byte[] key) {
    if (!isKey(key)) {
      throw new StoreException(
          "The key of a blob has 1 to " + MAX_KEY + " bytes, not " + key.length);
    }
  }

  private static boolean isKey(byte[] key) {
    return key.length >= 1 && key.length <= MAX_KEY;
  }

  private Path file(byte[] key) {
    String name = HEX.formatHex(key);
    return folder.resolve(name.substring(0, 2)).resolve(name);
  }

  private static BlobKey keyOf(Path file) {
    return new BlobKey(HEX.parseHex(file.getFileName().toString()));
  }
}
