// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import dev.divan.store.Blobs;
import dev.divan.store.Snapshot;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import dev.divan.store.files.Disk;
import dev.divan.store.files.Durability;
import dev.divan.store.files.FileBlobs;
import dev.divan.store.files.FolderLock;
import dev.divan.store.files.FolderSpace;
import dev.divan.store.files.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One MVStore and the blobs beside it. */
final class MVSpace implements FolderSpace {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.store");

  private static final String FILE = "entries.mv";

  // What may lie there though the file does not: of an opening that was cut.
  private static final Set<String> OURS = Set.of("in-use", "blobs");

  private final String name;
  private final Path folder;
  private final FolderLock lock;
  private final Commits commits;
  private final Blobs blobs;
  private final Durability durability;
  private final Runnable closed;
  private final Gate gate;
  private final ReentrantLock writing = new ReentrantLock();

  private MVSpace(
      String name,
      Path folder,
      FolderLock lock,
      MVStore store,
      Durability durability,
      Runnable closed)
      throws IOException {
    this.name = name;
    this.folder = folder;
    this.lock = lock;
    this.durability = durability;
    this.closed = closed;
    this.gate = new Gate(name);
    this.blobs = new FileBlobs(folder.resolve("blobs"), gate, durability);
    this.commits = new Commits(store);
  }

  /**
   * Opens a space, creating it if it is not there.
   *
   * @param closed run once when the space has been closed
   */
  static MVSpace open(
      String name, Path folder, Durability durability, int cacheSizeMB, Runnable closed) {
    boolean interrupted = Thread.interrupted();
    FolderLock lock = null;
    MVStore store = null;
    try {
      Disk.create(folder);
      lock = FolderLock.of(folder);
      refuseForeign(name, folder);
      store = Engine.open(folder.resolve(FILE), cacheSizeMB);
      MVSpace space = new MVSpace(name, folder, lock, store, durability, closed);
      Disk.sync(folder);
      return space;
    } catch (IOException | RuntimeException e) {
      if (store != null) {
        store.closeImmediately();
      }
      if (lock != null) {
        lock.close();
      }
      throw e instanceof StoreException refusal ? refusal : unopened(name, folder, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Two stores may have been given one directory by mistake. */
  private static void refuseForeign(String name, Path folder) throws IOException {
    if (Files.exists(folder.resolve(FILE))) {
      return;
    }
    try (Stream<Path> there = Files.list(folder)) {
      if (there.anyMatch(path -> !OURS.contains(path.getFileName().toString()))) {
        throw new StoreException(
            "Space "
                + name
                + " cannot be opened: "
                + folder
                + " holds files of another store. Give this store a directory of its own.");
      }
    }
  }

  private static StoreException unopened(String name, Path folder, Exception cause) {
    return new StoreException(
        "Space "
            + name
            + " cannot be opened: the files in "
            + folder
            + " are not readable or damaged ("
            + cause.getMessage()
            + "). Check permissions and free room; else restore that directory from a backup, or"
            + " move it away to begin with an empty space.",
        cause);
  }

  @Override
  public <T> T read(Function<? super Snapshot, T> work) {
    gate.enter();
    try {
      Committed committed = commits.held();
      Work snapshot = new Work(folder.toString(), commits.map(), committed);
      try {
        return work.apply(snapshot);
      } finally {
        snapshot.end();
        committed.release();
      }
    } finally {
      gate.leave();
    }
  }

  @Override
  public <T> T write(Function<? super Transaction, T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw new StoreException("A write to space " + name + " within a write to it");
    }
    gate.enter();
    writing.lock();
    try {
      Committed committed = commits.held();
      Work transaction = new Work(folder.toString(), commits.map(), committed);
      T result;
      try {
        result = work.apply(transaction);
      } finally {
        transaction.end();
        committed.release();
      }
      if (!transaction.written().isEmpty()) {
        commit(transaction);
      }
      return result;
    } finally {
      writing.unlock();
      gate.leave();
    }
  }

  private void commit(Work transaction) {
    try {
      commits.commit(transaction.written(), durability == Durability.COMMIT);
    } catch (RuntimeException e) {
      throw new StoreException(
          "The commit to "
              + folder
              + " failed: "
              + e.getMessage()
              + ". Check free room; the space takes no more work until it is opened again.",
          e);
    }
  }

  @Override
  public void sync() {
    try {
      gate.enter();
    } catch (StoreException closedMeanwhile) {
      return;
    }
    try {
      commits.sync();
    } finally {
      gate.leave();
    }
  }

  @Override
  public Blobs blobs() {
    gate.enter();
    gate.leave();
    return blobs;
  }

  @Override
  public void close() {
    gate.close(this::closeAll);
  }

  private void closeAll() {
    try {
      commits.close();
    } catch (RuntimeException e) {
      LOG.warn("Space {} in {} did not close cleanly; its commits are safe", name, folder, e);
    } finally {
      lock.close();
      closed.run();
    }
  }
}
