// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

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
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Xodus environment and the blobs beside it. */
final class XodusSpace implements FolderSpace {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.store");

  private final String name;
  private final Path folder;
  private final FolderLock lock;
  private final Environment environment;
  private final Entries entries;
  private final Blobs blobs;
  private final Runnable closed;
  private final Gate gate;
  private final ReentrantLock writing = new ReentrantLock();

  private XodusSpace(
      String name,
      Path folder,
      FolderLock lock,
      Environment environment,
      Durability durability,
      Runnable closed)
      throws IOException {
    this.name = name;
    this.folder = folder;
    this.lock = lock;
    this.environment = environment;
    this.closed = closed;
    this.gate = new Gate(name);
    this.entries = Entries.in(environment);
    this.blobs = new FileBlobs(folder.resolve("blobs"), gate, durability);
  }

  /**
   * Opens a space, creating it if it is not there.
   *
   * @param closed run once when the space has been closed
   */
  static XodusSpace open(
      String name, Path folder, Durability durability, int cacheSizeMB, Runnable closed) {
    boolean interrupted = Thread.interrupted();
    FolderLock lock = null;
    Environment environment = null;
    try {
      Disk.create(folder);
      lock = FolderLock.of(folder);
      environment = Engine.open(folder, durability, cacheSizeMB);
      return new XodusSpace(name, folder, lock, environment, durability, closed);
    } catch (IOException | RuntimeException e) {
      if (environment != null) {
        closeQuietly(environment);
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

  private static void closeQuietly(Environment environment) {
    try {
      Engine.close(environment);
    } catch (RuntimeException e) {
      LOG.debug("Closing a space that did not open failed", e);
    }
  }

  @Override
  public <T> T read(Function<? super Snapshot, T> work) {
    gate.enter();
    try {
      var txn = begun(environment::beginReadonlyTransaction);
      Work snapshot = new Work(folder.toString(), entries, txn);
      try {
        return work.apply(snapshot);
      } finally {
        snapshot.end();
        txn.abort();
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
      var txn = begun(environment::beginTransaction);
      try {
        while (true) {
          T result = applied(work, txn);
          if (committed(txn)) {
            return result;
          }
          // Xodus' cleaner moved data meanwhile: once more, on what it left.
          txn.revert();
        }
      } finally {
        if (!txn.isFinished()) {
          txn.abort();
        }
      }
    } finally {
      writing.unlock();
      gate.leave();
    }
  }

  private <T> T applied(
      Function<? super Transaction, T> work, jetbrains.exodus.env.Transaction txn) {
    Work transaction = new Work(folder.toString(), entries, txn);
    try {
      return work.apply(transaction);
    } finally {
      transaction.end();
    }
  }

  private boolean committed(jetbrains.exodus.env.Transaction txn) {
    try {
      return txn.commit();
    } catch (RuntimeException e) {
      throw new StoreException(
          "The commit to " + folder + " failed: " + e.getMessage() + ". Check free room.", e);
    }
  }

  private jetbrains.exodus.env.Transaction begun(
      Supplier<? extends jetbrains.exodus.env.Transaction> begin) {
    try {
      return begin.get();
    } catch (RuntimeException e) {
      throw new StoreException(
          "Space "
              + name
              + " in "
              + folder
              + " has failed and takes no more work until it is opened again: "
              + e.getMessage(),
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
      ((EnvironmentImpl) environment).flushAndSync();
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
    boolean interrupted = Thread.interrupted();
    try {
      Engine.close(environment);
    } catch (RuntimeException e) {
      LOG.warn("Space {} in {} did not close cleanly; its commits are safe", name, folder, e);
    } finally {
      lock.close();
      closed.run();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
