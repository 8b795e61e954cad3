// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of spaces, one folder each.
 *
 * <p>Several processes may use one directory, but not one space at a time: each space keeps a
 * {@link FolderLock} on its folder while it is open. Opening, listing and deleting go one at a
 * time.
 */
@ConsumerType
public abstract class FolderStore implements Store, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.store");
  private static final String TRASH = "~";
  private static final int SYNC_PERIOD_MILLIS = 1000;

  private final Path directory;
  private final Durability durability;
  private final Map<String, FolderSpace> open = new HashMap<>();
  private final @Nullable ScheduledExecutorService syncing;
  private boolean closed;

  /**
   * Opens a store.
   *
   * @param directory created if it is not there
   * @throws StoreException if the directory cannot be created or listed
   */
  protected FolderStore(Path directory, Durability durability) {
    this.directory = directory.toAbsolutePath();
    this.durability = durability;
    try {
      Disk.create(this.directory);
      emptyTrash();
    } catch (IOException e) {
      throw new StoreException(
          "The directory "
              + this.directory
              + " cannot be used for databases: "
              + e
              + ". Give the store one that can be written to.",
          e);
    }
    syncing = durability == Durability.PERIODIC ? startSyncing() : null;
  }

  /**
   * Opens a space, creating it if it is not there. No other of that name is open in this store, and
   * nothing else is opened or deleted meanwhile.
   *
   * @param folder may not be there yet; to be locked
   * @param closed to be run once when the space has been closed
   * @throws StoreException in words for an operator, if the folder is in use or damaged; nothing is
   *     left open then
   */
  protected abstract FolderSpace open(
      String name, Path folder, Durability durability, Runnable closed);

  @Override
  public final synchronized Space open(String name) {
    Path folder = folder(name);
    if (open.containsKey(name)) {
      throw new StoreException("Space " + name + " is open already");
    }
    FolderSpace space = open(name, folder, durability, () -> closed(name));
    open.put(name, space);
    return space;
  }

  private synchronized void closed(String name) {
    open.remove(name);
  }

  @Override
  public final synchronized Set<String> names() {
    check();
    try (Stream<Path> folders = Files.list(directory)) {
      Set<String> names = new HashSet<>();
      folders
          .filter(Files::isDirectory)
          .forEach(each -> FolderName.spaceOf(each.getFileName().toString()).ifPresent(names::add));
      return names;
    } catch (IOException e) {
      throw new StoreException("The directory " + directory + " cannot be listed: " + e, e);
    }
  }

  @Override
  public final synchronized void delete(String name) {
    Path folder = folder(name);
    if (open.containsKey(name)) {
      throw new StoreException("Space " + name + " is open; close it before deleting it");
    }
    if (!Files.isDirectory(folder)) {
      return;
    }
    FolderLock.of(folder).close();
    try {
      // Renamed first, so that no half-deleted space is ever found under its name.
      Path trash = directory.resolve(TRASH + UUID.randomUUID());
      Files.move(folder, trash);
      Disk.sync(directory);
      Disk.deleteAll(trash);
    } catch (IOException e) {
      throw new StoreException("The directory " + folder + " cannot be deleted: " + e, e);
    }
  }

  private Path folder(String name) {
    check();
    if (!FolderName.isValid(name)) {
      throw new StoreException(
          "The name of a space is 1 to 200 of a-z A-Z 0-9 _ - . %, not \"" + name + "\"");
    }
    return directory.resolve(FolderName.of(name));
  }

  private void check() {
    if (closed) {
      throw new StoreException("The store in " + directory + " is closed");
    }
  }

  private void emptyTrash() throws IOException {
    try (Stream<Path> folders = Files.list(directory)) {
      for (Path each :
          folders.filter(path -> path.getFileName().toString().startsWith(TRASH)).toList()) {
        Disk.deleteAll(each);
      }
    }
  }

  private ScheduledExecutorService startSyncing() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "divan-store-sync");
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleWithFixedDelay(
        this::syncAll, SYNC_PERIOD_MILLIS, SYNC_PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return executor;
  }

  private void syncAll() {
    List<FolderSpace> spaces;
    synchronized (this) {
      spaces = List.copyOf(open.values());
    }
    for (FolderSpace space : spaces) {
      try {
        space.sync();
      } catch (RuntimeException e) {
        LOG.error("Syncing {} failed: what was committed lately may not survive", directory, e);
      }
    }
  }

  /** Closes the spaces still open, each waiting for its running work. Closing twice is harmless. */
  @Override
  public final void close() {
    List<FolderSpace> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open.values());
    }
    if (syncing != null) {
      syncing.shutdown();
    }
    left.forEach(FolderSpace::close);
  }
}
