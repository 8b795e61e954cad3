// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import dev.divan.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the contract of {@code dev.divan.store} says, as tests. A store passes by a class such as
 *
 * <pre>{@code
 * class MyStoreTest extends StoreSuite {
 *   @Override
 *   protected Store open(Path directory) {
 *     return new MyStore(directory);
 *   }
 * }
 * }</pre>
 *
 * <p>A store on disk passes by {@link DiskStoreSuite}, which has these tests and more.
 *
 * <p>The tests need a heap of 512 MB and 200 MB in the directory for temporary files.
 */
@Execution(ExecutionMode.SAME_THREAD)
public abstract class StoreSuite
    implements StoreRules, MapRules, WorkRules, ConcurrencyRules, ModelRules, BlobRules {
  private StoreUnderTest subject = new StoreUnderTest(this, Path.of(""));

  /**
   * Opens the store under test.
   *
   * @param directory the same for all calls within one test, empty at the first; a store that keeps
   *     nothing on disk ignores it
   */
  protected abstract Store open(Path directory);

  /**
   * Closes a store that {@link #open} gave. By default calls its {@code close()}, if it has one.
   */
  protected void close(Store store) throws Exception {
    if (store instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  /**
   * Whether a second {@link #open} with the same directory, after a close, finds what was
   * committed. True by default.
   */
  protected boolean durable() {
    return true;
  }

  @BeforeEach
  void start(@TempDir Path directory) {
    subject = new StoreUnderTest(this, directory);
  }

  @AfterEach
  void end() throws Exception {
    subject.end();
  }

  @Override
  public final StoreUnderTest subject() {
    return subject;
  }
}
