// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static java.util.Objects.requireNonNull;

import dev.divan.store.Blobs;
import dev.divan.store.Space;
import dev.divan.store.Store;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store of one test, and the one space most tests need; may be used by several threads. */
public final class StoreUnderTest {
  private final StoreSuite suite;
  private final Path directory;
  private @Nullable Store store;
  private @Nullable Space space;

  StoreUnderTest(StoreSuite suite, Path directory) {
    this.suite = suite;
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  boolean durable() {
    return suite.durable();
  }

  synchronized Store store() {
    if (store == null) {
      store = suite.open(directory);
    }
    return requireNonNull(store);
  }

  synchronized Space space() {
    if (space == null) {
      space = store().open("test");
    }
    return requireNonNull(space);
  }

  Blobs blobs() {
    return space().blobs();
  }

  /** Closes the space, and the store if it is durable; then opens both again. */
  synchronized Space reopen() {
    if (space != null) {
      space.close();
      space = null;
    }
    if (suite.durable()) {
      try {
        end();
      } catch (Exception e) {
        throw new AssertionError("The store does not close", e);
      }
    }
    return space();
  }

  synchronized void end() throws Exception {
    if (space != null) {
      space.close();
      space = null;
    }
    if (store != null) {
      suite.close(store);
      store = null;
    }
  }
}
