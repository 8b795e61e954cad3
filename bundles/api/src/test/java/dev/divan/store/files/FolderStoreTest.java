// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Blobs;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stores in folders have in common, with an engine that keeps nothing but blobs. */
@Timeout(30)
class FolderStoreTest {
  @TempDir Path directory;

  /** Syncs that fail are counted as well, and the first does. */
  private final CountDownLatch syncs = new CountDownLatch(2);

  private FolderStore store(Durability durability) {
    return new FolderStore(directory, durability) {
      @Override
      protected FolderSpace open(String name, Path folder, Durability wanted, Runnable closed) {
        try {
          return new Plain(name, folder, wanted, closed);
        } catch (IOException e) {
          throw new StoreException("not opened", e);
        }
      }
    };
  }

  private final class Plain implements FolderSpace {
    private final FolderLock lock;
    private final Gate gate;
    private final Blobs blobs;
    private final Runnable closed;

    Plain(String name, Path folder, Durability durability, Runnable closed) throws IOException {
      Disk.create(folder);
      this.lock = FolderLock.of(folder);
      this.gate = new Gate(name);
      this.blobs = new FileBlobs(folder.resolve("blobs"), gate, durability);
      this.closed = closed;
    }

    @Override
    public <T> T read(Function<? super Snapshot, T> work) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T write(Function<? super Transaction, T> work) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Blobs blobs() {
      return blobs;
    }

    @Override
    public void sync() {
      syncs.countDown();
      if (syncs.getCount() == 1) {
        throw new StoreException("the disk is full");
      }
    }

    @Override
    public void close() {
      gate.close(
          () -> {
            lock.close();
            closed.run();
          });
    }
  }

  @Test
  void aDirectoryThatIsNoneIsRefused() throws IOException {
    Files.write(directory.resolve("file"), new byte[1]);
    directory = directory.resolve("file");
    String message =
        assertThrows(StoreException.class, () -> store(Durability.COMMIT)).getMessage();
    assertTrue(message.contains(directory.toString()), message);
  }

  @Test
  void whatIsLeftOfADeletionOrOfAnUnpublishedBlobGoesAtOpening() throws IOException {
    Path incoming = directory.resolve("s/blobs/.incoming/left");
    Path trash = directory.resolve("~trash/blobs/x");
    store(Durability.COMMIT).open("s").close();
    Files.write(incoming, new byte[10]);
    Files.createDirectories(trash);
    try (FolderStore store = store(Durability.COMMIT)) {
      store.open("s").close();
      assertEquals(Set.of("s"), store.names());
    }
    assertFalse(Files.exists(incoming));
    assertFalse(Files.exists(trash.getParent().getParent()));
  }

  @Test
  void aSpaceIsOpenOnceAndClosesWithItsStore() {
    FolderStore store = store(Durability.COMMIT);
    Space space = store.open("s");
    assertThrows(StoreException.class, () -> store.open("s"));
    assertThrows(StoreException.class, () -> store.delete("s"));
    try (FolderStore other = store(Durability.COMMIT)) {
      assertThrows(StoreException.class, () -> other.open("s"), "nor by another store");
      assertThrows(StoreException.class, () -> other.delete("s"));
      store.close();
      assertThrows(StoreException.class, () -> space.blobs().keys());
      other.delete("s");
      assertEquals(Set.of(), other.names());
    }
  }

  @Test
  void aSpaceThatWasClosedIsFreeForAnotherStore() {
    try (FolderStore one = store(Durability.COMMIT);
        FolderStore other = store(Durability.COMMIT)) {
      one.open("s").close();
      other.open("s").close();
      one.open("s");
    }
  }

  @Test
  void aPeriodicStoreGoesOnSyncingAfterAFailure() throws InterruptedException {
    try (FolderStore store = store(Durability.PERIODIC)) {
      store.open("s");
      assertTrue(syncs.await(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void aGateIsNotClosedFromInside() {
    Gate gate = new Gate("s");
    gate.enter();
    assertThrows(StoreException.class, () -> gate.close(() -> {}));
    gate.leave();
    gate.close(() -> {});
    assertThrows(StoreException.class, gate::enter);
  }
}
