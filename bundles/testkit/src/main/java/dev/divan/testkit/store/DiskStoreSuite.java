// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import dev.divan.store.files.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The suite for a store on disk: all of {@link StoreSuite}, and what such a store meets beside the
 * contract: processes that are killed, interrupts, torn and damaged files, and somebody else in the
 * same directory. A store passes by a class such as
 *
 * <pre>{@code
 * class MyStoreTest extends DiskStoreSuite {
 *   @Override
 *   protected Store open(Path directory, Durability durability) {
 *     return new MyStore(directory, durability);
 *   }
 *
 *   @Override
 *   protected Path file(Path directory, String space) {
 *     return directory.resolve(space + ".db");
 *   }
 * }
 * }</pre>
 *
 * <p>What such a store refuses, it refuses in words for an operator: of a space that another store
 * holds that it is {@code in use}, and by which {@code process}, with its number, if it is
 * another's; of one that cannot be read that it is {@code damaged}, and the folder.
 *
 * <p>The class of the test has a constructor without parameters: the process to be killed makes an
 * object of it, too, to open the store. That process runs with the class path of the test.
 */
public abstract class DiskStoreSuite extends StoreSuite implements CrashRules {
  private static final int BLOB = 10_000;

  /**
   * Opens the store under test, as {@link #open(Path)} does.
   *
   * @param durability a store that knows but one ignores it
   */
  protected abstract Store open(Path directory, Durability durability);

  /**
   * The file that a small space keeps its entries in, or the one to which it wrote last.
   *
   * @param directory of the store, which is closed
   * @param space a name in small letters
   */
  protected abstract Path file(Path directory, String space);

  @Override
  protected final Store open(Path directory) {
    return open(directory, Durability.COMMIT);
  }

  /** The values are large enough that stores which make room begin to. */
  @Test
  void interruptsOfTheCallerDisturbNeitherReadsNorWritesNorBlobs() throws Exception {
    int commits = 300;
    Space space = subject().space();
    FutureTask<Boolean> writing =
        new FutureTask<>(
            () -> {
              for (int i = 0; i < commits; i++) {
                byte[] key = Bytes.number(i);
                put(space, i, 30_000);
                assertEquals(30_000, space.read(s -> s.get(key)).length);
                if (i % 10 == 0) {
                  publish(space, key);
                  space.blobs().open(key).close();
                }
              }
              return true;
            });
    Thread thread = new Thread(writing, "interrupted");
    thread.start();
    while (!writing.isDone()) {
      thread.interrupt();
      Thread.yield();
    }
    assertTrue(writing.get(30, TimeUnit.SECONDS));
    assertEquals(commits, count(subject().reopen()));
  }

  @Test
  void anInterruptedThreadOpensAndClosesAndStaysInterrupted() throws Exception {
    Thread.currentThread().interrupt();
    put(subject().space(), 1, 10);
    subject().end();
    assertTrue(Thread.interrupted());
    assertEquals(1, count(subject().space()));
  }

  @Test
  void aTornWriteAtTheEndIsForgottenAndAllBeforeItIsThere() throws Exception {
    for (int i = 0; i < 50; i++) {
      put(subject().space(), i, 3000);
    }
    subject().end();
    Files.write(file(), Bytes.random(5, 5000), StandardOpenOption.APPEND);
    assertEquals(50, count(subject().space()));
  }

  @Test
  void damagedFilesAreRefusedInWordsThatNameTheFolder() throws Exception {
    put(subject().space(), 1, 10);
    subject().end();
    Path file = file();
    byte[] garbage = Bytes.random(5, (int) Files.size(file));
    Files.write(file, garbage);
    Store store = subject().store();
    for (int attempt = 0; attempt < 2; attempt++) {
      StoreException refusal = assertThrows(StoreException.class, () -> store.open("test"));
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains(file.getParent().toString()), message);
      assertTrue(message.contains("damaged"), message);
    }
    assertEquals(Set.of("test"), store.names());
    assertArrayEquals(garbage, Files.readAllBytes(file), "the evidence is kept");
    store.delete("test");
    assertEquals(0, count(subject().space()));
  }

  @Test
  void aSpaceInUseByAnotherStoreIsNeitherOpenedNorDeleted() throws Exception {
    put(subject().space(), 1, 10);
    StoreException refusal =
        assertThrows(StoreException.class, () -> another(other -> other.open("test")));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("in use"), message);
    assertThrows(StoreException.class, () -> another(other -> other.delete("test")));
    subject().end();
    another(other -> other.open("test").close());
    assertEquals(1, count(subject().space()));
  }

  @Test
  void aPeriodicStoreKeepsTheContractToo() throws Exception {
    Store periodic = open(subject().directory(), Durability.PERIODIC);
    Space space = periodic.open("test");
    for (int i = 0; i < 100; i++) {
      put(space, i, 100);
    }
    publish(space, Bytes.number(1));
    close(periodic);
    assertEquals(100, count(subject().space()));
    assertEquals(BLOB, subject().blobs().length(Bytes.number(1)));
  }

  private void another(Consumer<Store> work) throws Exception {
    Store other = open(subject().directory());
    try {
      work.accept(other);
    } finally {
      close(other);
    }
  }

  private Path file() {
    return file(subject().directory(), "test");
  }

  private static int count(Space space) {
    return space.read(Bytes::scan).size();
  }

  private static void put(Space space, long key, int length) {
    Commits.put(space, Bytes.number(key), new byte[length]);
  }

  private static void publish(Space space, byte[] key) {
    Commits.publish(space, key, new byte[BLOB]);
  }
}
